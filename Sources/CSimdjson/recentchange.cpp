// Recentchange events (https://schema.wikimedia.org, mediawiki/recentchange 1.0.x) to columns.
//
// simdjson's DOM parser and not On-Demand: the whole event has to be checked (On-Demand only sees what is asked for), and
// the DOM's stages are chosen at run time for the machine's instruction set, while On-Demand is compiled for the lowest.

#include "CSimdjson.h"

#include <simdjson.h>

#include <algorithm>
#include <memory>
#include <string>

#include "recentchange_columns.hpp"

using recentchange::Array;
using recentchange::Column;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

struct rc_batch {
  Column columns[RC_COLUMN_COUNT];
  Array<rc_failure> failures;
  Array<uint8_t> text;
};

namespace {

constexpr rc_kind kinds[RC_COLUMN_COUNT] = {
  RC_STRINGS, RC_INT64,   RC_STRINGS, RC_STRINGS, RC_STRINGS, RC_INT64, RC_STRINGS, RC_INT32,   RC_STRINGS, RC_STRINGS,
  RC_STRINGS, RC_INT64,   RC_STRINGS, RC_BOOL,    RC_BOOL,    RC_BOOL,  RC_STRINGS, RC_STRINGS, RC_STRINGS, RC_STRINGS,
  RC_INT32,   RC_INT32,   RC_INT64,   RC_INT64,   RC_INT64,   RC_STRINGS, RC_STRINGS, RC_STRINGS, RC_INT64,
};

/// A name and the field it stands for.
struct Name {
  std::string_view text;
  rc_field field;
};

constexpr Name event_names[] = {
  {"$schema", RC_SCHEMA},         {"meta", RC_META},           {"id", RC_ID},
  {"type", RC_TYPE},              {"namespace", RC_NAMESPACE}, {"title", RC_TITLE},
  {"title_url", RC_TITLE_URL},    {"comment", RC_COMMENT},     {"timestamp", RC_TIMESTAMP},
  {"user", RC_USER},              {"bot", RC_BOT},             {"minor", RC_MINOR},
  {"patrolled", RC_PATROLLED},    {"wiki", RC_WIKI},           {"server_url", RC_SERVER_URL},
  {"server_name", RC_SERVER_NAME}, {"notify_url", RC_NOTIFY_URL}, {"length", RC_LENGTH},
  {"revision", RC_REVISION},      {"log_id", RC_LOG_ID},       {"log_type", RC_LOG_TYPE},
  {"log_action", RC_LOG_ACTION},  {"log_params", RC_LOG_PARAMS}, {"_metadata", RC_METADATA},
};
constexpr Name meta_names[] = {
  {"id", RC_META_ID},
  {"dt", RC_META_DT},
  {"domain", RC_META_DOMAIN},
  {"request_id", RC_REQUEST_ID},
  {"stream", RC_STREAM},
};
constexpr Name length_names[] = {{"old", RC_LENGTH_OLD}, {"new", RC_LENGTH_NEW}};
constexpr Name revision_names[] = {{"old", RC_REVISION_OLD}, {"new", RC_REVISION_NEW}};
constexpr Name metadata_names[] = {{"ingestion_timestamp", RC_INGEST_TIME}};

/// Looks a key up by its length and first and last letters, so that most keys cost one comparison.
class Names {
 public:
  template <size_t count>
  explicit Names(const Name (&names)[count]) {
    for (const Name &name : names) {
      uint8_t &slot = slots_[hash(name.text)];
      next_[size_] = slot;
      names_[size_] = name;
      slot = static_cast<uint8_t>(++size_);
    }
  }

  rc_field find(std::string_view key) const {
    if (key.empty()) return RC_FIELD_COUNT;
    for (uint8_t i = slots_[hash(key)]; i; i = next_[i - 1]) {
      if (names_[i - 1].text == key) return names_[i - 1].field;
    }
    return RC_FIELD_COUNT;
  }

 private:
  static size_t hash(std::string_view key) {
    return (key.size() * 7 + static_cast<uint8_t>(key.front()) * 3 + static_cast<uint8_t>(key.back()) * 5) & 63;
  }

  Name names_[32] = {};
  uint8_t next_[32] = {};
  uint8_t slots_[64] = {};
  uint8_t size_ = 0;
};

const Names event_fields(event_names);
const Names meta_fields(meta_names);
const Names length_fields(length_names);
const Names revision_fields(revision_names);
const Names metadata_fields(metadata_names);

rc_json json_type(element value) {
  switch (value.type()) {
    case element_type::OBJECT: return RC_OBJECT;
    case element_type::ARRAY: return RC_ARRAY;
    case element_type::STRING: return RC_STRING;
    case element_type::INT64:
    case element_type::UINT64: return RC_INTEGER;
    case element_type::DOUBLE: return RC_NUMBER;
    case element_type::BOOL: return RC_BOOLEAN;
    default: return RC_NULL;
  }
}

constexpr uint64_t bit(size_t field) { return uint64_t{1} << field; }

/// The position behind the string that begins at `position`. The event is known to be valid JSON.
size_t skip_string(std::string_view json, size_t position) {
  for (position++; position < json.size() && json[position] != '"'; position++) {
    if (json[position] == '\\') position++;
  }
  return std::min(position + 1, json.size());
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

size_t skip_space(std::string_view json, size_t position) {
  while (position < json.size() && is_space(json[position])) position++;
  return position;
}

/// The position behind the value that begins at `position`.
size_t skip_value(std::string_view json, size_t position) {
  for (int depth = 0; position < json.size();) {
    const char c = json[position];
    if (c == '"') {
      position = skip_string(json, position);
      if (depth == 0) return position;
      continue;
    }
    if (c == '{' || c == '[') depth++;
    if (c == '}' || c == ']') {
      if (depth <= 1) return depth == 1 ? position + 1 : position;
      depth--;
    } else if (depth == 0 && (c == ',' || is_space(c))) {
      return position;
    }
    position++;
  }
  return position;
}

/// The bytes of the first member `name` of a valid JSON object, as they stand; empty where its key is written with
/// escapes.
std::string_view raw_member(std::string_view json, std::string_view name) {
  size_t position = skip_space(json, 0) + 1;
  while (position < json.size()) {
    position = skip_space(json, position);
    if (position >= json.size() || json[position] != '"') return {};
    const size_t key = position + 1;
    position = skip_string(json, position);
    const bool found = position - 1 - key == name.size() && json.compare(key, name.size(), name) == 0;
    position = skip_space(json, skip_space(json, position) + 1);
    const size_t end = skip_value(json, position);
    if (found) return json.substr(position, end - position);
    position = skip_space(json, end) + 1;
  }
  return {};
}

/// Fills a batch row by row.
class Reader {
 public:
  Reader(rc_batch &batch, const rc_options &options) : batch_(batch), options_(options) {}

  /// Makes room and opens the columns.
  void begin(size_t rows) {
    for (size_t field = 0; field < RC_COLUMN_COUNT; field++) {
      if (!wants(field)) continue;
      Column &column = batch_.columns[field];
      column.valid.reserve(rows);
      if (kinds[field] != RC_STRINGS) continue;
      column.offsets.reserve(rows + 1);
      column.offsets.push(0);
    }
    if (parser_.allocate(1 << 16, options_.maximum_depth)) throw std::bad_alloc();
  }

  /// Reads one event; `readable` bytes may be read from `bytes` on.
  void read(size_t row, const uint8_t *bytes, size_t size, size_t readable) {
    row_ = row;
    present_ = seen_ = 0;
    if (size > options_.maximum_record_bytes) {
      fail(RC_TOO_LONG, RC_FIELD_COUNT, 0);
    } else {
      parse(padded(bytes, size, readable), size);
    }
    append();
  }

  /// Looks for U+0000 in all strings at once: it is legal JSON, but no reader of the tables expects it.
  void find_nuls() {
    for (size_t field = 0; field < RC_COLUMN_COUNT; field++) {
      if (!wants(field) || kinds[field] != RC_STRINGS) continue;
      const Column &column = batch_.columns[field];
      const uint8_t *at = column.bytes.data(), *end = at + column.bytes.size();
      while (at < end && (at = static_cast<const uint8_t *>(std::memchr(at, 0, end - at)))) {
        const int64_t *first = column.offsets.data(), *last = first + column.offsets.size();
        const int64_t *behind = std::upper_bound(first, last, static_cast<int64_t>(at - column.bytes.data()));
        row_ = static_cast<size_t>(behind - first) - 1;
        fail(RC_HAS_NUL, static_cast<rc_field>(field), 0);
        at = column.bytes.data() + *behind;
      }
    }
  }

 private:
  bool wants(size_t field) const { return options_.columns & bit(field); }

  void fail(rc_problem problem, rc_field field, size_t detail) {
    batch_.failures.push(
      {row_, static_cast<uint8_t>(problem), static_cast<uint8_t>(field), static_cast<uint8_t>(detail), 0, 0});
  }

  /// simdjson reads a few bytes beyond the event: those of the events that follow, or of a copy.
  const uint8_t *padded(const uint8_t *bytes, size_t size, size_t readable) {
    if (readable - size >= simdjson::SIMDJSON_PADDING) return bytes;
    tail_.clear();
    if (size) tail_.assign(reinterpret_cast<const char *>(bytes), size);
    tail_.append(simdjson::SIMDJSON_PADDING, ' ');
    return reinterpret_cast<const uint8_t *>(tail_.data());
  }

  void parse(const uint8_t *bytes, size_t size) {
    element root;
    if (const auto error = parser_.parse(bytes, size, false).get(root)) {
      if (error == simdjson::MEMALLOC) throw std::bad_alloc();
      return fail(RC_MALFORMED, RC_FIELD_COUNT, error);
    }
    object event;
    if (root.get(event)) return fail(RC_NOT_AN_OBJECT, RC_FIELD_COUNT, json_type(root));
    if (!options_.columns) return;  // only whether it is an object was asked
    json_ = std::string_view(reinterpret_cast<const char *>(bytes), size);
    members(event, event_fields);
  }

  void members(object values, const Names &names) {
    for (const auto member : values) {
      const rc_field field = names.find(member.key);
      if (field == RC_FIELD_COUNT || (field < RC_COLUMN_COUNT && !wants(field))) continue;
      if (seen_ & bit(field)) {
        fail(RC_REPEATED, field, 0);
        continue;
      }
      seen_ |= bit(field);
      if (!member.value.is_null()) take(field, member.value);
    }
  }

  void take(rc_field field, element value) {
    switch (field) {
      case RC_SCHEMA: return take_schema(value);
      case RC_META: return take_object(field, value, meta_fields);
      case RC_LENGTH: return take_object(field, value, length_fields);
      case RC_REVISION: return take_object(field, value, revision_fields);
      case RC_METADATA: return take_object(field, value, metadata_fields);
      case RC_LOG_PARAMS: return take_raw(field, value);
      case RC_META_DT:
      case RC_INGEST_TIME: return take_time(field, value);
      default: break;
    }
    switch (kinds[field]) {
      case RC_STRINGS: return take_string(field, value);
      case RC_BOOL: return take_bool(field, value);
      default: return take_integer(field, value);
    }
  }

  void take_object(rc_field field, element value, const Names &names) {
    object inner;
    if (value.get(inner)) return fail(RC_WRONG_TYPE, field, json_type(value));
    members(inner, names);
  }

  void take_schema(element value) {
    std::string_view name;
    if (value.get(name)) return fail(RC_WRONG_TYPE, RC_SCHEMA, json_type(value));
    for (size_t i = 0; i < options_.schema_count; i++) {
      const std::string_view prefix(options_.schemas[i]);
      if (name.compare(0, prefix.size(), prefix) == 0) return;
    }
    const size_t start = batch_.text.size(), length = std::min<size_t>(name.size(), 256);
    batch_.text.append(reinterpret_cast<const uint8_t *>(name.data()), length);
    batch_.failures.push({row_, RC_UNSUPPORTED_SCHEMA, RC_SCHEMA, 0, start, length});
  }

  void take_string(rc_field field, element value) {
    if (value.get(texts_[field])) return fail(RC_WRONG_TYPE, field, json_type(value));
    present_ |= bit(field);
  }

  void take_raw(rc_field field, element value) {
    texts_[field] = raw_member(json_, "log_params");
    if (texts_[field].empty()) {
      minified_ = simdjson::minify(value);
      texts_[field] = minified_;
    }
    present_ |= bit(field);
  }

  void take_time(rc_field field, element value) {
    std::string_view text;
    if (value.get(text)) return fail(RC_WRONG_TYPE, field, json_type(value));
    const auto bytes = reinterpret_cast<const uint8_t *>(text.data());
    if (!rc_parse_time(bytes, text.size(), &numbers_[field])) return fail(RC_BAD_TIME, field, 0);
    present_ |= bit(field);
  }

  void take_bool(rc_field field, element value) {
    bool flag;
    if (value.get(flag)) return fail(RC_WRONG_TYPE, field, json_type(value));
    numbers_[field] = flag;
    present_ |= bit(field);
  }

  void take_integer(rc_field field, element value) {
    const rc_json type = json_type(value);
    if (type != RC_INTEGER) return fail(RC_WRONG_TYPE, field, type);
    int64_t number;
    const bool narrow = kinds[field] == RC_INT32;
    if (value.get(number) || (narrow && (number < INT32_MIN || number > INT32_MAX))) {
      return fail(RC_OUT_OF_RANGE, field, narrow);
    }
    numbers_[field] = number;
    present_ |= bit(field);
  }

  void append() {
    for (size_t field = 0; field < RC_COLUMN_COUNT; field++) {
      if (!wants(field)) continue;
      Column &column = batch_.columns[field];
      const bool valid = present_ & bit(field);
      switch (kinds[field]) {
        case RC_STRINGS: column.add(valid ? texts_[field] : std::string_view(), valid); continue;
        case RC_INT64: column.int64s.push(valid ? numbers_[field] : 0); break;
        case RC_INT32: column.int32s.push(valid ? static_cast<int32_t>(numbers_[field]) : 0); break;
        case RC_BOOL: column.bools.push(valid && numbers_[field]); break;
      }
      column.mark(valid);
    }
  }

  rc_batch &batch_;
  const rc_options &options_;
  simdjson::dom::parser parser_;
  std::string tail_, minified_;
  std::string_view json_;
  size_t row_ = 0;
  uint64_t present_ = 0, seen_ = 0;
  std::string_view texts_[RC_COLUMN_COUNT];
  int64_t numbers_[RC_COLUMN_COUNT] = {};
};

void parse_rows(
  rc_batch &batch, const uint8_t *bytes, size_t size, const int64_t *offsets, const uint8_t *valid, size_t first,
  size_t last, const rc_options &options) {
  Reader reader(batch, options);
  reader.begin(last - first);
  for (size_t row = first; row < last; row++) {
    const size_t start = static_cast<size_t>(offsets[row]), end = static_cast<size_t>(offsets[row + 1]);
    const size_t length = valid && !valid[row] ? 0 : end - start;
    reader.read(row - first, bytes + start, length, size - start);
  }
  reader.find_nuls();
}

}  // namespace

extern "C" rc_batch *rc_parse(
  const uint8_t *bytes, size_t size, const int64_t *offsets, const uint8_t *valid, size_t first, size_t last,
  const rc_options *options) {
  try {
    auto batch = std::make_unique<rc_batch>();
    parse_rows(*batch, bytes, size, offsets, valid, first, last, *options);
    return batch.release();
  } catch (const std::exception &) {
    return nullptr;  // only memory can run out here
  }
}

extern "C" void rc_free(rc_batch *batch) { delete batch; }

extern "C" rc_kind rc_kind_of(rc_field field) { return kinds[field]; }

extern "C" rc_column rc_column_of(const rc_batch *batch, rc_field field) {
  const Column &column = batch->columns[field];
  const void *values = column.bytes.data();
  if (kinds[field] == RC_INT64) values = column.int64s.data();
  if (kinds[field] == RC_INT32) values = column.int32s.data();
  if (kinds[field] == RC_BOOL) values = column.bools.data();
  return {values, column.offsets.data(), column.valid.data(), column.nulls, column.bytes.size()};
}

extern "C" const rc_failure *rc_failures(const rc_batch *batch, size_t *count) {
  *count = batch->failures.size();
  return batch->failures.data();
}

extern "C" const uint8_t *rc_text(const rc_batch *batch) { return batch->text.data(); }

extern "C" const char *rc_error_text(uint8_t code) {
  return simdjson::error_message(static_cast<simdjson::error_code>(code));
}

extern "C" bool rc_mentions(const uint8_t *bytes, size_t size, const uint8_t *text, size_t length) {
  return memmem(bytes, size, text, length) != nullptr;
}
