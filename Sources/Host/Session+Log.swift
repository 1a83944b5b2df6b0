import Configuration
public import EventLog

extension Session {
  /// How the embedded log is kept.
  public var logOptions: EmbeddedLogOptions {
    let settings = configuration.ingest
    var options = EmbeddedLogOptions()
    options.partitions = Int32(settings.topics.partitions)
    options.segmentBytes = Int64(settings.log.segmentBytes)
    options.segmentMilliseconds = settings.log.segmentAge.inMilliseconds
    return options
  }
}
