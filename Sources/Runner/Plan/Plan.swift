import Failures
package import JSON

/// The input of one batch, fixed before any work and never changed: executing it again gives the same rows.
public struct Plan: Sendable, Hashable {
  /// `bronze`, `silver` or `gold`.
  public var job: String
  /// The batch's name.
  public var batch: String
  /// The run's UUID.
  public var run: String
  /// `now()` of the batch, in microseconds since 1970 UTC.
  public var clock: Int64
  /// The job's progress before it; nil when there was none.
  public var progressStart: String?
  /// The job's progress after it.
  public var progressEnd: String
  /// The job's own description of the input, as JSON.
  public var input: String
  /// The snapshots of all output tables that the run is executed against.
  public var bases: [OutputBase]
  /// Checks that are waived.
  public var waivers: [String]
  /// SHA-256 of the resolved configuration, in hexadecimal.
  public var configuration: String
  /// What the run is for.
  public var kind: PlanKind
  /// What an operator decided about the rows that suspended the batch; nil before.
  public var quarantine: SuspensionOverride?

  /// Reads what `text` wrote. Throws `.malformedInput`.
  public init(text: String) throws {
    let object = try JSONValue.object(parsing: text, as: "plan")
    job = try object.string("job")
    batch = try object.string("batch")
    run = try object.string("run")
    clock = try object.int64("clock")
    progressStart = try object.optionalString("progress_start")
    progressEnd = try object.string("progress_end")
    input = try JSONValue.object(object.object("input")).text
    bases = try [OutputBase](json: object.optionalObject("bases"))
    waivers = try object.array("waivers").compactMap(\.string)
    configuration = try object.string("config")
    kind = try Self.kind(object.optionalString("kind"))
    quarantine = try object.optionalObject("quarantine").map(SuspensionOverride.init(json:))
  }

  private static func kind(_ text: String?) throws -> PlanKind {
    guard let text else { return .forward }
    guard let kind = PlanKind(rawValue: text) else {
      throw Failure.unsupported("a plan of kind \(text), which this version does not carry out")
    }
    return kind
  }

  package init(
    job: String, batch: String, run: String, clock: Int64, progressStart: String?, progressEnd: String, input: String,
    bases: [OutputBase], waivers: [String], configuration: String, kind: PlanKind = .forward
  ) {
    self.job = job
    self.batch = batch
    self.run = run
    self.clock = clock
    self.progressStart = progressStart
    self.progressEnd = progressEnd
    self.input = input
    self.bases = bases
    self.waivers = waivers
    self.configuration = configuration
    self.kind = kind
  }

  /// The plan as a JSON object.
  package var json: JSONObject {
    get throws {
      var object: JSONObject = [
        "job": .string(job), "batch": .string(batch), "run": .string(run), "clock": .integer(clock),
      ]
      if let progressStart { object["progress_start"] = .string(progressStart) }
      object["progress_end"] = .string(progressEnd)
      object["input"] = .object(try JSONValue.object(parsing: input, as: "input"))
      object["bases"] = bases.json
      object["waivers"] = .array(waivers.map { .string($0) })
      object["config"] = .string(configuration)
      if kind != .forward { object["kind"] = .string(kind.rawValue) }
      if let quarantine { object["quarantine"] = .object(quarantine.json) }
      return object
    }
  }

  /// The plan as JSON text.
  public var text: String { get throws { JSONValue.object(try json).text } }
}
