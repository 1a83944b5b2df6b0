extension DefaultText {
  /// `jobs/alerts.yaml`, byte for byte.
  static let alerts = #"""
    # Who hears of what. Everything goes to the log. Secrets come from the environment (WIKIGUARD_SLACK_TOKEN,
    # WIKIGUARD_SLACK_WEBHOOK_URL), never from this file.

    # The least severity that a channel gets (critical or warning), or off.
    channels:
      slack: {from: off, channel: ""}
      sns: {from: off, topic_arn: ""}
      # A local program gets the alert as JSON on its standard input.
      command: {from: off, argv: []}

    # The same cause speaks at most so often, and once when it clears.
    repeat_after: 1 h

    # Gold's anomalies of severity HIGH and CRITICAL: on (to the channels) or log.
    anomalies: log
    # Beyond so many messages an hour and channel the rest is one digest.
    anomalies_per_hour: 20

    # UTC hours in which only critical alerts leave, such as "22-06"; empty: none.
    quiet_hours: ""

    # No new event for so long is an alert.
    source_silent: 10 min

    # So is less free disk than this share.
    disk_free: 0.05

    # Asked for after each good batch; empty: none.
    heartbeat_url: ""

    """#
}
