extension DefaultText {
  /// `jobs/ingest.yaml`, byte for byte.
  static let ingest = #"""
    # What wikiguard-ingest does. These are the compiled-in defaults; a file of this name in the configuration directory
    # needs only the keys that it changes. A variable such as WIKIGUARD_INGEST_RESUME_OVERLAP=10s overrides one value.

    source:
      # Server-sent events of every public wiki.
      url: https://stream.wikimedia.org/v2/stream/recentchange
      # Wikimedia asks for a way to reach whoever runs a client; {contact} stands for the contact below.
      user_agent: "wikiguard-ingest ({contact})"
      # Your mail address or page; empty: user@host of this machine.
      contact: ""
      connect_timeout: 10 s
      # A connection that has been silent for so long is given up.
      idle_timeout: 60 s

    resume:
      # Last-Event-ID is set back by this much, since a plain resume skips the rest of the tick in which the connection broke.
      overlap: 5 s
      # How many recent meta.ids are remembered, to drop what comes again.
      recent_ids: 200000

    reconnect:
      first: 1 s
      longest: 60 s
      # The share of each pause that is random.
      jitter: 0.5

    topics:
      events: cleaned_events
      dead_letters: dlq_events
      # A topic for an unfiltered copy, such as raw_events; empty: none.
      raw: ""
      partitions: 1

    # Events are appended in one durable transaction when any of these is reached.
    flush:
      events: 1000
      bytes: 1 MiB
      age: 1 s

    limits:
      # A longer event goes to the dead letters.
      event_bytes: 1 MiB

    # The embedded log: one SQLite file a segment, dropped whole, never past what Bronze has committed.
    log:
      segment_bytes: 128 MiB
      segment_age: 6 h
      retention_age: 7 d
      retention_bytes: 16 GiB

    # Where events wait while the broker is away.
    spool:
      disk_bytes: 4 GiB
      memory_bytes: 64 MiB

    # GET /healthz and /metrics; empty: no server.
    http:
      listen: 127.0.0.1:9464

    """#
}
