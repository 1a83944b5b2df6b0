import Configuration
import Runner

extension Configuration {
  /// How old the oldest input of a job that is not consumed should be at most, in microseconds.
  func latencyTarget(of job: JobName) -> Int64 {
    switch job {
    case .bronze: bronze.latencyTarget.inMicroseconds
    case .silver: silver.latencyTarget.inMicroseconds
    case .gold: gold.latencyTarget.inMicroseconds
    }
  }
}
