extension Duration {
  /// Whole seconds, rounded towards zero.
  public var inSeconds: Int64 { components.seconds }

  /// Whole milliseconds, rounded towards zero. Configured durations are within a range that cannot overflow.
  public var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

  /// Whole microseconds, rounded towards zero. Configured durations are within a range that cannot overflow.
  public var inMicroseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }

  static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
  static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }
  static func days(_ count: Int) -> Duration { .seconds(86400 * count) }
}
