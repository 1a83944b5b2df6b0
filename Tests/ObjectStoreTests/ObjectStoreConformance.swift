import Bytes
import Failures
import ObjectStore
import Testing

/// What every adapter of `ObjectStore` must do. Call `run` with an empty store and a location that ends in a slash.
struct ObjectStoreConformance {
  let store: any ObjectStore
  let root: String

  static let all: [(name: String, check: @Sendable (ObjectStoreConformance) throws -> Void)] = [
    ("whole objects", { try $0.wholeObjects() }),
    ("createNew and replace", { try $0.modes() }),
    ("absent objects", { try $0.absentObjects() }),
    ("ranges", { try $0.ranges() }),
    ("streaming writer", { try $0.streaming() }),
    ("aborted and dropped writers", { try $0.aborting() }),
    ("listing", { try $0.listing() }),
    ("odd names", { try $0.oddNames() }),
    ("deleting", { try $0.deleting() }),
  ]

  func at(_ key: String) -> String { root + key }

  func kind<Result>(_ body: () throws -> Result) -> Failure.Kind? {
    (#expect(throws: Failure.self) { _ = try body() })?.kind
  }

  func wholeObjects() throws {
    for bytes in [[], [7], [UInt8](repeating: 9, count: 300_000)] {
      try store.write(bytes, to: at("a/\(bytes.count)"), mode: .createNew)
      #expect(try store.read(at("a/\(bytes.count)")) == bytes)
      #expect(try store.exists(at("a/\(bytes.count)")))
      #expect(try store.open(at("a/\(bytes.count)"), length: nil).count == bytes.count)
    }
  }

  func modes() throws {
    try store.write([1], to: at("m"), mode: .createNew)
    #expect(kind { try store.write([2], to: at("m"), mode: .createNew) } == .conflict)
    #expect(try store.read(at("m")) == [1])
    try store.write([3, 3], to: at("m"), mode: .replace)
    #expect(try store.read(at("m")) == [3, 3])
    try store.write([4], to: at("new"), mode: .replace)
    #expect(try store.read(at("new")) == [4])
    #expect(try store.list(prefix: root).count == 2)
  }

  func absentObjects() throws {
    for key in ["no", "no/such", "no/such/object"] {
      let failure = #expect(throws: Failure.self) { try store.read(at(key)) }
      #expect(failure?.kind == .notFound)
      #expect(failure?.description.contains(at(key)) == true)
      #expect(kind { try store.open(at(key), length: nil).read(0..<1) } == .notFound)
      #expect(try !store.exists(at(key)))
    }
    #expect(try store.list(prefix: at("no")).isEmpty)
  }

  func ranges() throws {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
    try store.write(bytes, to: at("r"), mode: .createNew)
    for length in [nil, bytes.count] {
      let source = try store.open(at("r"), length: length)
      #expect(source.count == bytes.count)
      let ranges = [5..<10, 0..<1, 99_999..<100_000, 40..<40, 0..<100_000, 7..<70_000]
      #expect(try source.read(ranges) == ranges.map { Array(bytes[$0]) })
      #expect(try source.read([]).isEmpty)
      #expect(throws: Failure.self) { try source.read([99_999..<100_001]) }
    }
  }

  func streaming() throws {
    let writer = try store.create(at("deep/er/stream"))
    var expected: [UInt8] = []
    for number in 0..<50 {
      let piece = [UInt8](repeating: UInt8(number), count: number * 101)
      try piece.withUnsafeBytes { try writer.append($0) }
      expected += piece
      #expect(try number > 0 || !store.exists(at("deep/er/stream")), "visible before it is finished")
    }
    #expect(try !store.exists(at("deep/er/stream")))
    #expect(try store.list(prefix: root).isEmpty)
    #expect(try writer.finish() == expected.count)
    #expect(try store.read(at("deep/er/stream")) == expected)
    #expect(throws: Failure.self) { try writer.finish() }
    let empty = try store.create(at("empty"))
    #expect(try empty.finish() == 0)
    #expect(try store.read(at("empty")).isEmpty)
  }

  func aborting() throws {
    let aborted = try store.create(at("aborted"))
    try [UInt8]([1]).withUnsafeBytes { try aborted.append($0) }
    aborted.abort()
    #expect(throws: Failure.self) { try aborted.finish() }
    do {
      let dropped = try store.create(at("dropped"))
      try [UInt8]([1]).withUnsafeBytes { try dropped.append($0) }
    }
    #expect(try store.list(prefix: root).isEmpty)
    #expect(try !store.exists(at("aborted")))
    #expect(try !store.exists(at("dropped")))
  }

  func listing() throws {
    let keys = ["data/b", "data/a/1", "data/a-1", "data/a/0", "metadata/v1", "dat", "data0/x"]
    for key in keys { try store.write(Array(key.utf8), to: at(key), mode: .createNew) }
    func listed(_ prefix: String) throws -> [String] {
      try store.list(prefix: at(prefix)).map { String($0.location.dropFirst(root.count)) }
    }
    #expect(try listed("data/") == ["data/a-1", "data/a/0", "data/a/1", "data/b"])
    #expect(try listed("data/a") == ["data/a-1", "data/a/0", "data/a/1"])
    #expect(try listed("data/a/0") == ["data/a/0"])
    #expect(try listed("data") == ["data/a-1", "data/a/0", "data/a/1", "data/b", "data0/x"])
    #expect(try listed("") == ["dat", "data/a-1", "data/a/0", "data/a/1", "data/b", "data0/x", "metadata/v1"])
    #expect(try store.list(prefix: at("data/b")).first?.size == 6)
  }

  func oddNames() throws {
    let keys = [
      "event_date=2026-11-24/x.parquet", "a%20b", "a b", "ü/漢字", "e\u{301}", "é", "q?x=1#f", "dots..", "+&;'\"\\", "*",
      String(repeating: "n", count: 200),
    ]
    for (index, key) in keys.enumerated() {
      try store.write([UInt8(index)], to: at(key), mode: .createNew)
    }
    for (index, key) in keys.enumerated() { #expect(try store.read(at(key)) == [UInt8(index)]) }
    let listed = try store.list(prefix: root).map { Array($0.location.utf8) }
    #expect(Set(listed) == Set(keys.map { Array(at($0).utf8) }))
  }

  func deleting() throws {
    for key in ["a", "b/c", "d"] { try store.write([1], to: at(key), mode: .createNew) }
    try store.delete([at("a"), at("absent"), at("b/absent"), at("b/c")])
    #expect(try store.list(prefix: root).map(\.location) == [at("d")])
    try store.delete([])
    try store.write([2], to: at("a"), mode: .createNew)
  }
}
