extension DefaultText {
  /// `jobs/alerts.yaml`, byte for byte.
  static let alerts = #"""
    # Who hears of what; docs/ALERTS.md explains it. Everything goes to the log. Secrets come from the environment, never from this
    # file: WIKIGUARD_SLACK_TOKEN (with a channel) or WIKIGUARD_SLACK_WEBHOOK_URL (without one); for SNS AWS_ACCESS_KEY_ID,
    # AWS_SECRET_ACCESS_KEY and, for temporary credentials, AWS_SESSION_TOKEN.

    # The least severity that a channel gets (critical or warning), or off.
    channels:
      slack: {from: off, channel: "", endpoint: "https://slack.com/api"}
      # The topic's region is the one of its ARN. An endpoint is for VPC endpoints and tests; empty: Amazon's.
      sns: {from: off, topic_arn: "", endpoint: ""}
      # A local program (absolute path, then its arguments) gets each message as JSON on its standard input; another exit code
      # than 0 means that it did not take it.
      command: {from: off, argv: []}

    # The same cause speaks at most so often, and once when it clears. Becoming critical speaks at once.
    repeat_after: 1 h

    # Gold's anomalies of severity HIGH (a warning) and CRITICAL: on (to the channels) or log.
    anomalies: log
    # Beyond so many messages an hour and channel the rest is one digest.
    anomalies_per_hour: 20

    # UTC hours in which only critical alerts leave, such as "22-06"; the rest waits for their end, and goes out if it is still true.
    # Empty: none.
    quiet_hours: ""

    # No new event for so long is an alert.
    source_silent: 10 min

    # So is less free disk than this share.
    disk_free: 0.05

    # Asked for with GET after each good batch; empty: none.
    heartbeat_url: ""

    # A run spends at most so long on one message, and on all of them. What does not arrive is tried again by the next runs for
    # keep_unsent, then dropped, which the log says.
    delivery: {message: 3 s, all: 5 s, keep_unsent: 1 d}

    """#
}
