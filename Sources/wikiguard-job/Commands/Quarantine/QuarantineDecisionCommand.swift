import CommandLine
import Configuration
import Failures
import Host
import Log
import Pipeline
import Runner

/// `wikiguard-job quarantine release` and `discard`.
struct QuarantineDecisionCommand {
  let session: Session
  let kind: PlanKind

  private var command: ParsedCommand { session.command }

  func run() throws {
    let waivers = command.values("waive")
    try ChecksConfiguration.validate(waivers: waivers, known: session.configuration.checks)
    let timeout = try command.integer("timeout", in: 1...86_400) ?? 600
    let filters = try selection(waivers)
    let workspace = try WorkspaceOpening(session: session, deadline: Host.monotonicSeconds() + Double(timeout)).open()
    let options = RunOptions(
      waivers: Set(waivers), waitSeconds: try command.integer("wait", in: 0...86_400) ?? 0,
      configuration: ResolvedConfiguration(text: session.configuration.resolvedJSON, hash: session.configurationHash))
    let decisions = QuarantineDecisions(
      workspace: workspace, settings: try JobSettings(session), options: options)
    let reader = QuarantineReader(workspace: workspace)
    let parts = try filters.map { try byFilters($0, reader) } ?? named(reader)
    var output = QuarantineDecisionOutput(session: session, kind: kind, isPreview: command.flag("dry-run"))
    do {
      for (layer, selection) in parts { try decide(decisions, layer, selection, &output) }
    } catch let failure as Failure
      where failure.kind == .unavailable && workspace.isStopping() && !StopSignal.wasRaised()
    {
      throw Failure.unavailable("the time of \(timeout) s is up; say the same again to go on (\(failure))")
    }
    output.finish()
  }

  private func decide(
    _ decisions: QuarantineDecisions, _ layer: JobName, _ selection: QuarantineSelection,
    _ output: inout QuarantineDecisionOutput
  ) throws {
    if command.flag("dry-run") { return output.show(layer, try decisions.preview(kind, layer, selection)) }
    let reports =
      kind == .release
      ? try decisions.release(layer, selection) { output.show($0) }
      : try decisions.discard(layer, selection) { output.show($0) }
    if reports.isEmpty { output.showNothing(layer) }
  }

  /// What the filters mean; nil where ids are given instead. Throws `.invalidArgument` where nothing says which rows are meant.
  private func selection(_ waivers: [String]) throws -> QuarantineSelection? {
    var selection = try QuarantineArguments(command: command).selection()
    if !command.arguments.isEmpty {
      let isFiltered = selection.isNarrow || ["layer", "status", "all"].contains { command.flag($0) }
      guard !isFiltered else { throw Failure.invalidArgument("row ids and filters exclude each other") }
      return nil
    }
    guard !selection.isNarrow, !command.flag("all") else { return selection }
    guard !waivers.isEmpty else {
      throw Failure.invalidArgument("which rows? Name them by id or by a filter, or say --all")
    }
    selection.checks = waivers
    return selection
  }

  private func byFilters(
    _ selection: QuarantineSelection, _ reader: QuarantineReader
  ) throws -> [(JobName, QuarantineSelection)] {
    let layers = QuarantineArguments(command: command).layers(JobName.allCases)
    guard kind == .release else { return layers.map { ($0, selection) } }
    if layers == [.gold] { throw QuarantineDecisions.computedRows }
    if layers.contains(.gold), try reader.list([.gold], selection, limit: 0).total > 0 {
      session.logger.warning("\(QuarantineDecisions.computedRows)")
    }
    return layers.filter { $0 != .gold }.map { ($0, selection) }
  }

  /// The rows that are named by id, by layer.
  private func named(_ reader: QuarantineReader) throws -> [(JobName, QuarantineSelection)] {
    var ids: [JobName: [String]] = [:]
    for record in try reader.find(command.arguments) {
      if record.layer == .gold && kind == .release { throw QuarantineDecisions.computedRows }
      if record.status == .released && kind == .discard {
        throw Failure.qualityGate(
          "row \(record.rowID) is released: it is in the table of its layer and cannot be discarded")
      }
      ids[record.layer, default: []].append(record.rowID)
    }
    return JobName.allCases.compactMap { layer in
      guard let named = ids[layer] else { return nil }
      var selection = QuarantineSelection(statuses: kind == .release ? [.open, .discarded] : [.open])
      selection.ids = named
      return (layer, selection)
    }
  }
}
