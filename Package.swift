// swift-tools-version: 6.2
import PackageDescription

// One target a module, imports only downward; docs/ARCHITECTURE.md says what each layer may touch.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Generics called across modules cost two orders of magnitude more without it.
let optimized: [SwiftSetting] =
  strict + [.unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))]

func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func module(_ name: String, _ dependencies: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, swiftSettings: optimized)
}

/// Executables carry the Swift runtime: nothing to install beside them, and a start-up of milliseconds.
func executable(_ name: String, _ dependencies: [String]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, swiftSettings: optimized,
    linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))])
}

func tests(_ name: String, _ dependencies: [String]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies.map { .init(stringLiteral: $0) },
    swiftSettings: strict)
}

let systemLibraries: [Target] = [
  system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
  system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
  system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
  system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
  system("CSnappy", apt: "libsnappy-dev"),
  system("CLZ4", pkgConfig: "liblz4", apt: "liblz4-dev"),
  system("CBrotli", pkgConfig: "libbrotlidec", apt: "libbrotli-dev"),
  system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
  system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
  system("CPCRE2", pkgConfig: "libpcre2-8", apt: "libpcre2-dev"),
  system("CXXHash", pkgConfig: "libxxhash", apt: "libxxhash-dev"),
  system("CMalloc", apt: "libc6-dev"),
  system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
  .target(
    name: "CSimdjson", cxxSettings: [.unsafeFlags(["-std=c++17", "-O2"])],
    linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]),
]

let modules: [Target] = [
  // Layer 1: pure codecs and the column batch they share.
  module("Failures"),
  module("Bytes", ["Failures"]),
  module("Columns", ["Failures"]),
  module("Compression", ["Failures", "Bytes", "CZstd", "CZlib", "CSnappy", "CLZ4", "CBrotli"]),
  module("Hashing", ["CCrypto", "CXXHash"]),
  module("JSON", ["Failures", "Bytes", "CSimdjson"]),
  module("YAML", ["Failures", "CYAML"]),
  module("Log", []),
  module("Secrets", ["Failures"]),
  module("ServerSentEvents"),
  module("Patterns", ["Failures", "CPCRE2"]),
  module("RecentChange", ["Failures", "Columns", "CSimdjson", "Patterns", "Hashing"]),
  module("EventGenerator", ["Columns", "Hashing", "RecentChange"]),
  module("Avro", ["Failures", "Bytes", "Compression", "JSON"]),
  module("Parquet", ["Failures", "Bytes", "Columns", "Compression", "Hashing"]),
  // Layer 2: effects behind protocols.
  module("SQLite", ["Failures", "Columns", "CSQLite"]),
  module("HTTP", ["Failures", "CCurl", "CMicroHTTPD"]),
  module("AWS", ["HTTP", "Hashing", "Secrets"]),
  module("ObjectStore", ["Failures", "Bytes"]),
  module("EventLog", ["Failures", "Bytes", "Columns", "Compression", "Hashing", "ObjectStore", "SQLite"]),
  module("JobState", ["Failures", "SQLite"]),
  // Layer 3.
  module(
    "Iceberg",
    ["Failures", "Bytes", "Columns", "Compression", "Hashing", "JSON", "Avro", "Parquet", "ObjectStore", "SQLite"]),
  // Layer 4.
  module("Quality", ["Failures", "Columns", "Hashing", "JSON", "Patterns", "SQLite"]),
  module("Detection", ["Failures", "Columns"]),
  module("Alerts", ["AWS", "Failures", "HTTP", "JSON", "Log", "RecentChange", "SQLite", "Secrets"]),
  module(
    "Pipeline", ["Failures", "Columns", "RecentChange", "Quality", "Detection", "Hashing", "JSON"]),
  module(
    "Runner",
    [
      "Failures", "Columns", "JSON", "Hashing", "ObjectStore", "EventLog", "JobState", "Iceberg", "Quality",
      "Detection", "Pipeline", "Log", "RecentChange",
    ]),
  // Layer 5.
  module("CommandLine", ["Failures"]),
  module(
    "Configuration",
    ["Failures", "Columns", "YAML", "Detection", "Patterns", "Quality", "RecentChange", "Hashing", "JSON"]),
  module(
    "Host",
    [
      "CommandLine", "Configuration", "EventLog", "Failures", "Hashing", "Iceberg", "JobState", "Log", "ObjectStore",
      "RecentChange", "Runner",
    ]),
  module(
    "Ingest",
    [
      "Failures", "Columns", "RecentChange", "ServerSentEvents", "EventLog", "HTTP", "Compression", "Hashing", "Log",
      "JSON",
    ]),
]

let executables: [Target] = [
  executable(
    "wikiguard-ingest",
    [
      "Failures", "Host", "Columns", "EventGenerator", "Hashing", "CommandLine", "Configuration", "Ingest", "EventLog",
      "HTTP", "Log", "RecentChange", "Runner",
    ]),
  executable(
    "wikiguard-job",
    [
      "Alerts", "AWS", "Secrets", "CMalloc", "Failures", "Host", "Columns", "Compression", "Detection", "Hashing",
      "Parquet", "Quality",
      "CommandLine",
      "Configuration", "Runner", "Iceberg", "ObjectStore", "EventLog", "JobState",
      "Log", "JSON", "Pipeline", "RecentChange",
    ]),
  executable(
    "table-cat", ["Failures", "Bytes", "Columns", "CommandLine", "JSON", "Parquet", "ObjectStore", "Iceberg"]),
  executable("iceberg-example", ["Columns", "Failures", "Iceberg", "ObjectStore"]),
]

let testTargets: [Target] = [
  // What tests of several modules share.
  .target(name: "Fixtures", path: "Tests/Fixtures", swiftSettings: strict),
  tests("Failures", ["Failures"]),
  tests("Bytes", ["Bytes", "Failures"]),
  tests("Columns", ["Columns", "Failures"]),
  tests("Compression", ["Compression", "Failures", "Bytes"]),
  tests("Hashing", ["Hashing"]),
  tests("JSON", ["JSON", "Failures", "Bytes"]),
  tests("YAML", ["YAML", "Failures"]),
  tests("Log", ["Log"]),
  tests("Secrets", ["Failures", "Secrets"]),
  tests("ServerSentEvents", ["ServerSentEvents", "CZlib"]),
  tests("Patterns", ["Patterns", "Failures"]),
  tests("RecentChange", ["RecentChange", "Failures", "Columns", "Hashing", "CZlib"]),
  tests("EventGenerator", ["EventGenerator", "Columns", "Hashing", "RecentChange"]),
  tests("Avro", ["Avro", "Failures", "Bytes", "Compression", "JSON"]),
  tests("Parquet", ["Parquet", "Failures", "Bytes", "Columns", "Compression"]),
  tests("SQLite", ["Fixtures", "SQLite", "Columns", "Failures"]),
  tests("HTTP", ["Fixtures", "HTTP", "Failures"]),
  tests("AWS", ["AWS", "Failures", "Fixtures", "HTTP", "Hashing", "Secrets"]),
  tests("ObjectStore", ["Fixtures", "ObjectStore", "Failures", "Bytes"]),
  tests("EventLog", ["Fixtures", "EventLog", "Failures", "Columns", "Hashing", "ObjectStore", "SQLite"]),
  tests("JobState", ["Fixtures", "JobState", "Failures", "SQLite"]),
  tests(
    "Iceberg",
    [
      "Fixtures", "Iceberg", "Failures", "Bytes", "Columns", "Compression", "Hashing", "JSON", "Avro", "Parquet",
      "ObjectStore",
      "SQLite",
    ]),
  tests("Quality", ["Quality", "Failures", "Columns", "Hashing", "Patterns"]),
  tests("Detection", ["Detection", "Failures", "Columns"]),
  tests(
    "Alerts",
    ["Alerts", "AWS", "Failures", "Fixtures", "HTTP", "Hashing", "JSON", "Log", "SQLite", "Secrets"]),
  tests("Pipeline", ["Pipeline", "Failures", "Columns", "RecentChange", "Quality", "Detection", "Hashing", "JSON"]),
  tests(
    "Runner",
    [
      "Runner", "Failures", "Columns", "JSON", "Hashing", "ObjectStore", "EventLog", "JobState", "Iceberg", "Quality",
      "Detection", "Pipeline", "Log", "RecentChange",
    ]),
  tests("CommandLine", ["CommandLine", "Failures"]),
  tests(
    "Configuration",
    [
      "Configuration", "Failures", "Columns", "YAML", "Detection", "Patterns", "Quality", "RecentChange", "Hashing",
      "JSON",
    ]),
  tests(
    "Ingest",
    [
      "Fixtures", "Ingest", "Bytes", "Failures", "Columns", "RecentChange", "EventLog", "HTTP", "Compression", "Log",
    ]),
  tests(
    "Host",
    ["Fixtures", "Host", "Failures", "CommandLine", "Configuration", "EventLog", "Iceberg", "Runner"]),
  // What the fuzzer runs, without the fuzzer.
  .target(
    name: "FuzzTargets",
    dependencies: [
      "Avro", "Bytes", "Columns", "Failures", "Iceberg", "JSON", "Parquet", "RecentChange", "ServerSentEvents",
    ], path: "Tests/Fuzz/Targets", swiftSettings: strict),
  tests(
    "Fuzz",
    [
      "Fixtures", "FuzzTargets", "Avro", "Columns", "Compression", "EventGenerator", "Hashing", "Iceberg",
      "ObjectStore", "Parquet",
    ]),
]

/// `make fuzz`: only where it is asked for, since all of it is built with libFuzzer's instruments.
let fuzzing: [Target] = [
  .executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Driver", swiftSettings: strict)
]

let package = Package(
  name: "wikiguard",
  products: [
    .library(name: "Parquet", targets: ["Parquet"]),
    .library(name: "Avro", targets: ["Avro"]),
    .library(name: "Iceberg", targets: ["Iceberg"]),
    .executable(name: "wikiguard-ingest", targets: ["wikiguard-ingest"]),
    .executable(name: "wikiguard-job", targets: ["wikiguard-job"]),
    .executable(name: "table-cat", targets: ["table-cat"]),
    .executable(name: "iceberg-example", targets: ["iceberg-example"]),
  ],
  targets: systemLibraries + modules + executables + testTargets
    + (Context.environment["WIKIGUARD_FUZZ"] == nil ? [] : fuzzing),
  cxxLanguageStandard: .cxx17
)
