extension DefaultText {
  /// `jobs/environments/aws.yaml`, byte for byte.
  static let awsEnvironment = #"""
    # Tables on S3 in the Glue catalog, events in Kafka behind its REST proxy, state on S3: `--env aws`. Set what is empty
    # here in your copy of this file, or by WIKIGUARD_ENVIRONMENT_WAREHOUSE_URI, …_LOG_KAFKA_REST_URL and …_STATE_URI.

    warehouse:
      uri: ""

    catalog:
      type: glue
      name: wikiguard
      namespace: wikiguard
      sql: {path: catalog.sqlite}
      glue: {region: "", catalog_id: ""}
      rest: {url: "", warehouse: ""}

    log:
      type: kafka_rest
      embedded: {path: events/}
      kafka_rest: {url: "", cluster_id: ""}

    state:
      uri: ""

    locks:
      path: locks/

    s3: {region: "", endpoint: "", path_style: off}

    """#
}
