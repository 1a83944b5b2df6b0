/// The keys under which a commit says what it is, in snapshot summaries and table properties.
public enum SummaryKey {
  /// The job.
  public static let job = "wikiguard.job"
  /// The batch's name.
  public static let batch = "wikiguard.batch-id"
  /// The run's UUID: how a commit is recognised as made.
  public static let run = "wikiguard.run"
  /// Input, clock, waivers, hash of the configuration, outcome and counts as JSON of at most 2 KiB.
  public static let plan = "wikiguard.plan"
  /// The windows that the commit touched (`WindowRanges.text`, at most 2 KiB).
  public static let windows = "wikiguard.windows"
  /// The job's progress after the commit; also a table property.
  public static let progress = "wikiguard.progress"
  /// Property: the prepared commits (quarantine) that belong to the newest batch and come after it. In the summary of that batch:
  /// the paths of their manifests, divided by spaces.
  public static let following = "wikiguard.following"
  /// Property: the first date whose rows are still there.
  public static let retainedFrom = "wikiguard.retained-from"

  /// The longest plan or list of windows that a summary carries, in bytes.
  static let longestValue = 2048
}
