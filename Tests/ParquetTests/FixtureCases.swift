import Failures

/// What is expected of a file of apache/parquet-testing.
enum FixtureExpectation: Sendable {
  /// Every column has the values that pyarrow reads, but those named, with the reason.
  case asPyarrow(except: [String: String] = [:])
  /// A failure of this kind, when it is opened or read.
  case refused(Failure.Kind)
  /// A bloom filter without a file around it.
  case bloomFilter
  /// Text beside a Parquet file.
  case companion
}

/// A file of apache/parquet-testing by its name without `.parquet`.
struct FixtureCase: Sendable {
  let name: String
  let expectation: FixtureExpectation

  init(_ name: String, _ expectation: FixtureExpectation = .asPyarrow()) {
    self.name = name
    self.expectation = expectation
  }
}

extension FixtureCase {
  /// `data/`: all that a reader of unencrypted files without variants and geometries has to know.
  static let data: [FixtureCase] = flat + pages + nesting + statistics

  private static let flat: [FixtureCase] = [
    FixtureCase("alltypes_plain"), FixtureCase("alltypes_plain.snappy"), FixtureCase("alltypes_dictionary"),
    FixtureCase("alltypes_tiny_pages"), FixtureCase("alltypes_tiny_pages_plain"), FixtureCase("binary"),
    FixtureCase("fixed_length_byte_array"), FixtureCase("byte_array_decimal"), FixtureCase("int32_decimal"),
    FixtureCase("int64_decimal"), FixtureCase("fixed_length_decimal"), FixtureCase("fixed_length_decimal_legacy"),
    FixtureCase("delta_binary_packed"), FixtureCase("delta_byte_array"), FixtureCase("delta_length_byte_array"),
    FixtureCase("delta_encoding_required_column"), FixtureCase("delta_encoding_optional_column"),
    FixtureCase("delta_binary_packed_expect.csv", .companion), FixtureCase("delta_byte_array_expect.csv", .companion),
    FixtureCase("delta_encoding_required_column_expect.csv", .companion),
    FixtureCase("delta_encoding_optional_column_expect.csv", .companion), FixtureCase("byte_stream_split.zstd"),
    FixtureCase("byte_stream_split_extended.gzip"), FixtureCase("rle_boolean_encoding"),
    FixtureCase("float16_zeros_and_nans"), FixtureCase("float16_nonzeros_and_nans"),
    FixtureCase(
      "int96_from_spark",
      .asPyarrow(except: ["a": "a time that pyarrow's nanoseconds cannot hold; see int96OfTheFarFuture"])),
    FixtureCase("unknown-logical-type"),
  ]

  private static let pages: [FixtureCase] = [
    FixtureCase("datapage_v2.snappy"), FixtureCase("datapage_v2_empty_datapage.snappy"),
    FixtureCase("page_v2_empty_compressed"), FixtureCase("concatenated_gzip_members"),
    FixtureCase("lz4_raw_compressed"), FixtureCase("lz4_raw_compressed_larger"), FixtureCase("dict-page-offset-zero"),
    FixtureCase("plain-dict-uncompressed-checksum"), FixtureCase("rle-dict-snappy-checksum"),
    FixtureCase("datapage_v1-uncompressed-checksum"), FixtureCase("datapage_v1-snappy-compressed-checksum"),
    FixtureCase("datapage_v1-corrupt-checksum", .refused(.malformedInput)),
    FixtureCase("rle-dict-uncompressed-corrupt-checksum", .refused(.malformedInput)),
    FixtureCase("overflow_i16_page_cnt"), FixtureCase("column_chunk_key_value_metadata"), FixtureCase("sort_columns"),
    // A writer left the dictionary's header out of the chunk's size (IMPALA-694).
    FixtureCase("nation.dict-malformed", .refused(.malformedInput)),
  ]

  private static let nesting: [FixtureCase] = [
    FixtureCase("list_columns"), FixtureCase("old_list_structure"), FixtureCase("nested_lists.snappy"),
    FixtureCase("nested_maps.snappy"), FixtureCase("nested_structs.rust"), FixtureCase("null_list"),
    FixtureCase("nullable.impala"), FixtureCase("nonnullable.impala"), FixtureCase("nulls.snappy"),
    FixtureCase("repeated_no_annotation"), FixtureCase("repeated_primitive_no_list"),
    FixtureCase(
      "incorrect_map_schema",
      .asPyarrow(except: ["my_map": "pyarrow wants keys to be required; see keysThatMayBeNull"])),
    FixtureCase("map_no_value"),
  ]

  private static let statistics: [FixtureCase] = [
    FixtureCase("binary_truncated_min_max"), FixtureCase("nan_in_stats"), FixtureCase("single_nan"),
    FixtureCase("floating_orders_nan_count"), FixtureCase("int32_with_null_pages"),
    FixtureCase("data_index_bloom_encoding_stats"), FixtureCase("data_index_bloom_encoding_with_length"),
    FixtureCase("bloom_filter.xxhash.bin", .bloomFilter),
  ]

  /// `bad_data/`: files that are damaged, and one that only some readers take for damaged.
  static let bad: [FixtureCase] = [
    FixtureCase("PARQUET-1481", .refused(.malformedInput)),
    FixtureCase("ARROW-RS-GH-6229-DICTHEADER", .refused(.malformedInput)),
    FixtureCase("ARROW-RS-GH-6229-LEVELS", .refused(.malformedInput)),
    FixtureCase("ARROW-GH-41317", .refused(.malformedInput)), FixtureCase("ARROW-GH-41321", .refused(.malformedInput)),
    // Bit width 0 is legal for indices that are all zero: other files need it. Arrow refuses it.
    FixtureCase("ARROW-GH-43605", .asPyarrow(except: ["min_fl": "Arrow C++ refuses bit width 0"])),
    FixtureCase("ARROW-GH-45185", .refused(.malformedInput)), FixtureCase("ARROW-GH-47662", .refused(.malformedInput)),
  ]
}
