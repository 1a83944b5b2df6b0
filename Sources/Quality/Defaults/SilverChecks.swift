/// The numbers and lists of Silver's checks. The defaults are those of the public tables.
public struct SilverCheckParameters: Sendable, Hashable {
  /// Accepted event types.
  public var eventTypes = ["edit", "new", "log", "categorize"]
  /// Whether types made of digits ("142") are accepted as well.
  public var acceptsNumericTypes = false
  /// The types that must have a recent-changes id.
  public var typesWithID = ["edit", "new", "categorize"]
  /// The smallest accepted lag in seconds; negative because clocks differ.
  public var minimumLagSeconds: Int64 = -600
  /// The largest accepted lag in seconds.
  public var maximumLagSeconds: Int64 = 3600
  /// Seconds since 1970 which an event's timestamp must exceed.
  public var oldestTimestamp: Int64 = 1_640_995_200
  /// Seconds by which an event's timestamp must stay below the plan's clock plus this.
  public var futureToleranceSeconds: Int64 = 600

  /// The defaults.
  public init() {}
}

extension RowChecks {
  /// Silver's checks for a plan whose clock stands at `clock` microseconds: `meta_id_not_null`, `event_type_not_null`,
  /// `title_not_null`, `user_name_not_null`, `wiki_not_null`, `event_timestamp_not_null`,
  /// `processing_lag_seconds_not_null`, `event_type_in`, `namespace_not_null`, `wikimedia_id_not_null`,
  /// `wikimedia_id_min`, `freshness`, `event_timestamp_min`, `event_timestamp_not_in_future`.
  public static func silver(_ parameters: SilverCheckParameters = SilverCheckParameters(), clock: Int64) -> RowChecks {
    let withID = RowCheck.Condition("event_type", in: parameters.typesWithID)
    return RowChecks(trusted: [
      RowCheck("meta_id", .notNull, isWaivable: false),
      RowCheck("event_type", .notNull),
      RowCheck("title", .notNull),
      RowCheck("user_name", .notNull),
      RowCheck("wiki", .notNull),
      RowCheck("event_timestamp", .notNull),
      RowCheck("processing_lag_seconds", .notNull, isWaivable: false),
      RowCheck(
        "event_type", .oneOf(parameters.eventTypes.map(Scalar.text), orDigits: parameters.acceptsNumericTypes)),
      RowCheck("namespace", .notNull),
      RowCheck("wikimedia_id", .notNull, when: withID),
      RowCheck("wikimedia_id", .between(1, nil), when: withID),
      RowCheck(
        "processing_lag_seconds",
        .freshness(
          minimumSeconds: parameters.minimumLagSeconds, maximumSeconds: parameters.maximumLagSeconds, clock: clock),
        name: "freshness"),
      RowCheck("event_timestamp", .between(.integer(parameters.oldestTimestamp &+ 1), nil)),
      RowCheck(
        "event_timestamp", .notInFuture(toleranceSeconds: parameters.futureToleranceSeconds, clock: clock)),
    ])
  }
}
