import CYAML
import Failures

/// One event of libyaml, copied out of C.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case scalar(YAMLScalar)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  let location: YAMLLocation
}

/// Owns a libyaml parser over a buffer that outlives it.
///
/// Invariant: `parser` is initialized from the end of `init` to `deinit` and does not move, since libyaml keeps
/// pointers into it.
final class YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let source: String

  init(_ buffer: UnsafeBufferPointer<UInt8>, source: String) throws {
    self.source = source
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw Failure.unavailable("\(source): no memory for the YAML parser")
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event. Anchors, aliases and foreign tags are refused here.
  func next() throws -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
    defer { yaml_event_delete(&event) }
    let location = location(event.start_mark)
    switch event.type {
    case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, location: location)
    case YAML_NO_EVENT, YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, location: location)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, location: location)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, location: location)
    case YAML_SCALAR_EVENT:
      return YAMLEvent(kind: .scalar(try scalar(event.data.scalar, location)), location: location)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      try check(anchor: start.anchor, tag: start.tag, core: "seq", location)
      return YAMLEvent(kind: .sequenceStart, location: location)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      try check(anchor: start.anchor, tag: start.tag, core: "map", location)
      return YAMLEvent(kind: .mappingStart, location: location)
    case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, location: location)
    case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, location: location)
    default: throw Failure.unsupported("\(location): an alias; write the value out")
    }
  }

  private typealias CScalar = yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar

  private func scalar(_ scalar: CScalar, _ location: YAMLLocation) throws -> YAMLScalar {
    try check(anchor: scalar.anchor, tag: scalar.tag, core: "str", location)
    // libyaml has checked that the text is UTF-8.
    let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    return YAMLScalar(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil)
  }

  private func check(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, core: String, _ location: YAMLLocation
  ) throws {
    if let anchor {
      throw Failure.unsupported(
        "\(location): anchor \"&\(String(cString: anchor))\"; write the value out where it is used")
    }
    guard let tag else { return }
    let name = String(cString: tag)
    guard name == "tag:yaml.org,2002:\(core)" else { throw Failure.unsupported("\(location): tag \"\(name)\"") }
  }

  private func location(_ mark: yaml_mark_t) -> YAMLLocation {
    YAMLLocation(source: source, line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }

  private func syntaxError() -> Failure {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
    switch parser.pointee.error {
    case YAML_READER_ERROR:
      return .malformedInput("\(source): \(problem) at byte \(parser.pointee.problem_offset)")
    case YAML_MEMORY_ERROR: return .unavailable("\(source): no memory for the YAML parser")
    default: return .malformedInput("\(location(parser.pointee.problem_mark)): \(problem)")
    }
  }
}
