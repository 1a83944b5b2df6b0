extension DefaultText {
  /// `jobs/environments/local.yaml`, byte for byte.
  static let localEnvironment = #"""
    # One machine, no services: the default. Relative paths are taken from the home (WIKIGUARD_HOME, else $STATE_DIRECTORY,
    # else ~/.local/state/wikiguard). A value is overridden by a variable such as WIKIGUARD_ENVIRONMENT_WAREHOUSE_URI.

    warehouse:
      # A path, file:///… or s3://bucket/prefix/.
      uri: warehouse/

    catalog:
      # sql, glue or rest; only the section of that name is used.
      type: sql
      name: wikiguard
      namespace: wikiguard
      # An SQLite file with the tables of Iceberg's JDBC catalog.
      sql: {path: catalog.sqlite}
      glue: {region: "", catalog_id: ""}
      rest: {url: "", warehouse: ""}

    log:
      # embedded or kafka_rest.
      type: embedded
      embedded: {path: events/}
      kafka_rest: {url: "", cluster_id: ""}

    state:
      # An SQLite file, or s3://bucket/prefix/ on hosts without a disk.
      uri: state.sqlite

    # One lock file a job.
    locks:
      path: locks/

    s3: {region: "", endpoint: "", path_style: off}

    """#
}
