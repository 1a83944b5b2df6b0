import FuzzTargets

/// A whole, good input to begin from.
struct Seed {
  let target: FuzzTarget
  let name: String
  let bytes: [UInt8]

  init(_ target: FuzzTarget, _ name: String, _ bytes: [UInt8]) {
    self.target = target
    self.name = name
    self.bytes = bytes
  }

  /// One for every form that our own writers give.
  static func all() throws -> [Seed] {
    try ParquetSeeds.files() + ParquetSeeds.footers() + AvroSeeds.files() + IcebergSeeds.files()
      + TableSeeds.files()
      + StreamSeeds.events() + StreamSeeds.serverSentEvents()
  }
}
