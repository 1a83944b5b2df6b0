/// The names that `--waive` accepts.
public enum KnownChecks {
  /// Every name of every layer's default checks.
  public static let names: Set<String> = Set(
    [
      RowChecks.bronze, .silver(clock: 0), .goldEntity, .goldUser, .goldGlobal,
    ].flatMap(\.names) + BatchChecks.silver.checks.map(\.name))
}
