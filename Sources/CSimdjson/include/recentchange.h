#pragma once

// A batch of recentchange events (bytes of JSON) to columns, in one call: the C face of recentchange.cpp.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What an event is looked at for. The first `RC_COLUMN_COUNT` are columns, in the order of the batch; the others are only
/// named in failures.
typedef enum {
  RC_META_ID = 0,
  RC_META_DT,
  RC_META_DOMAIN,
  RC_REQUEST_ID,
  RC_STREAM,
  RC_ID,
  RC_TYPE,
  RC_NAMESPACE,
  RC_TITLE,
  RC_TITLE_URL,
  RC_COMMENT,
  RC_TIMESTAMP,
  RC_USER,
  RC_BOT,
  RC_MINOR,
  RC_PATROLLED,
  RC_WIKI,
  RC_SERVER_URL,
  RC_SERVER_NAME,
  RC_NOTIFY_URL,
  RC_LENGTH_OLD,
  RC_LENGTH_NEW,
  RC_REVISION_OLD,
  RC_REVISION_NEW,
  RC_LOG_ID,
  RC_LOG_TYPE,
  RC_LOG_ACTION,
  RC_LOG_PARAMS,
  RC_INGEST_TIME,
  RC_COLUMN_COUNT,
  RC_SCHEMA = RC_COLUMN_COUNT,
  RC_META,
  RC_LENGTH,
  RC_REVISION,
  RC_METADATA,
  RC_FIELD_COUNT
} rc_field;

/// How a column is stored.
typedef enum { RC_STRINGS, RC_INT64, RC_INT32, RC_BOOL } rc_kind;

/// The type of a JSON value.
typedef enum { RC_OBJECT, RC_ARRAY, RC_STRING, RC_INTEGER, RC_NUMBER, RC_BOOLEAN, RC_NULL } rc_json;

/// What is wrong with a row.
typedef enum {
  /// Not JSON; `detail` is simdjson's error code.
  RC_MALFORMED,
  /// Longer than the limit.
  RC_TOO_LONG,
  /// JSON, but no object; `detail` is the `rc_json` found.
  RC_NOT_AN_OBJECT,
  /// `field` has another type; `detail` is the `rc_json` found.
  RC_WRONG_TYPE,
  /// `field` is an integer that its column cannot hold.
  RC_OUT_OF_RANGE,
  /// `field` is there more than once; the first counts.
  RC_REPEATED,
  /// `field` is no ISO 8601 time.
  RC_BAD_TIME,
  /// `field` holds U+0000.
  RC_HAS_NUL,
  /// The `$schema` is none of those accepted; the row's text is it.
  RC_UNSUPPORTED_SCHEMA
} rc_problem;

/// A problem of one row. A row may have several.
typedef struct {
  size_t row;
  uint8_t problem;
  uint8_t field;
  uint8_t detail;
  /// Where in the batch's text the offending value is, for `RC_UNSUPPORTED_SCHEMA`.
  size_t text_start;
  size_t text_length;
} rc_failure;

typedef struct {
  /// Longer records are not looked at.
  size_t maximum_record_bytes;
  size_t maximum_depth;
  /// A bit for each column wanted, `1 << rc_field`. With none the fields are not looked at, whatever is wrong with them.
  uint64_t columns;
  /// The prefixes of `$schema` that are accepted.
  const char *const *schemas;
  size_t schema_count;
} rc_options;

/// A parsed batch; made by `rc_parse`, owned by the caller, freed by `rc_free`.
typedef struct rc_batch rc_batch;

/// Parses rows `first..<last` of the concatenated events; row i is `bytes[offsets[i]..<offsets[i + 1]]`, and null where
/// `valid` is not NULL and `valid[i]` is 0. `size` is the number of readable bytes. NULL when memory runs out; no input
/// fails otherwise.
rc_batch *rc_parse(
  const uint8_t *bytes, size_t size, const int64_t *offsets, const uint8_t *valid, size_t first, size_t last,
  const rc_options *options);

void rc_free(rc_batch *batch);

/// How the column is stored.
rc_kind rc_kind_of(rc_field field);

/// A column's parts; valid until the batch is freed. `offsets` has a row more than the batch and begins with 0.
typedef struct {
  const void *values;
  const int64_t *offsets;
  const uint8_t *valid;
  size_t null_count;
  size_t byte_count;
} rc_column;

rc_column rc_column_of(const rc_batch *batch, rc_field field);

/// The problems by row.
const rc_failure *rc_failures(const rc_batch *batch, size_t *count);

/// The text that failures quote.
const uint8_t *rc_text(const rc_batch *batch);

/// simdjson's words for an error code.
const char *rc_error_text(uint8_t code);

/// Microseconds since 1970 of an ISO 8601 time; false when it is none.
bool rc_parse_time(const uint8_t *text, size_t length, int64_t *microseconds);

/// Whether `text` occurs in the bytes.
bool rc_mentions(const uint8_t *bytes, size_t size, const uint8_t *text, size_t length);

#ifdef __cplusplus
}
#endif
