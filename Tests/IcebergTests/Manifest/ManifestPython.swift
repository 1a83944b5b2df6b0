import Glibc
import Testing

/// Python with PyIceberg and fastavro, where the tests are told of one.
enum ManifestPython {
  /// Runs a script and gives what it printed; nil, after saying so, where there is no Python.
  static func run(_ script: String, _ arguments: [String], without consequence: String) throws -> String? {
    guard let python = getenv("WIKIGUARD_PYTHON").map({ String(cString: $0) }) else {
      print("skipped: WIKIGUARD_PYTHON is not set, so \(consequence)")
      return nil
    }
    let quoted = ([python, "-"] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let pipe = try #require(popen("\(quoted) <<'END'\n\(script)\nEND\n", "r"))
    let output = String(decoding: drain(pipe), as: UTF8.self)
    #expect(pclose(pipe) == 0)
    return output
  }

  /// Defines `render`, which prints what PyIceberg reads from a manifest list and its manifests, as `ManifestRendering`
  /// does. With a root, the fixtures' own paths are taken to lie there, and manifests that are not there are passed over.
  static let rendering = """
    import decimal, os, sys, uuid
    from pyiceberg.io.pyarrow import PyArrowFileIO
    from pyiceberg.manifest import *
    from pyiceberg.partitioning import PartitionField, PartitionSpec
    from pyiceberg.schema import Schema
    from pyiceberg.transforms import *
    from pyiceberg.typedef import Record
    from pyiceberg.types import *

    io = PyArrowFileIO()

    def show(value):
        if value is None: return "null"
        if isinstance(value, bool): return "true" if value else "false"
        if isinstance(value, bytes): return "x" + value.hex()
        if isinstance(value, uuid.UUID): return "x" + value.hex
        if isinstance(value, decimal.Decimal): return str(int(value.scaleb(-value.as_tuple().exponent)))
        return str(value)

    def table(values): return "{" + ",".join(f"{key}:{show(value)}" for key, value in sorted((values or {}).items())) + "}"
    def list_(values): return "null" if values is None else "[" + ",".join(map(str, values)) + "]"

    def render(path, root):
        for manifest in read_manifest_list(io.new_input(path)):
            if root:
                manifest[0] = root + manifest[0].split("/wikiguard-fixtures")[1]
                if not os.path.exists(manifest[0]): continue
            print("manifest", manifest.manifest_path, manifest.manifest_length, manifest.partition_spec_id,
                getattr(manifest.content, "value", manifest.content), manifest.sequence_number, manifest.min_sequence_number, manifest.added_snapshot_id,
                ",".join(map(show, [manifest.added_files_count, manifest.existing_files_count, manifest.deleted_files_count])),
                ",".join(map(show, [manifest.added_rows_count, manifest.existing_rows_count, manifest.deleted_rows_count])),
                "null" if manifest.partitions is None else "".join(
                    f"({show(p.contains_null)} {show(p.contains_nan)} {show(p.lower_bound)} {show(p.upper_bound)})"
                    for p in manifest.partitions))
            for entry in manifest.fetch_manifest_entry(io, discard_deleted=False):
                file = entry.data_file
                print("entry", entry.status.value, show(entry.snapshot_id), show(entry.sequence_number),
                    show(entry.file_sequence_number), getattr(file.content, "value", file.content), file.file_path, file.file_format.value,
                    "[" + " ".join(map(show, file.partition._data)) + "]", file.record_count, file.file_size_in_bytes,
                    table(file.column_sizes), table(file.value_counts), table(file.null_value_counts),
                    table(file.nan_value_counts), table(file.lower_bounds), table(file.upper_bounds),
                    list_(file.split_offsets), list_(file.equality_ids), show(file.sort_order_id))
    """

  /// Renders the lists that are named behind the root.
  static let renderingArguments = "\nfor path in sys.argv[2:]: render(path, sys.argv[1])"

  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "wb"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }

  static func read(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"), "\(path)")
    defer { fclose(file) }
    return drain(file)
  }

  private static func drain(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}
