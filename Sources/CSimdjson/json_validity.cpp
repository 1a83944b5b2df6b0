// Whether the rows of a column are JSON: simdjson's DOM parser, and the tree's grammar for numbers beyond 64 bits, which
// are JSON but not for simdjson.

#include "json_validity.h"

#include <simdjson.h>

#include <new>
#include <string>

#include "json_tree.h"

namespace {

class Validator {
 public:
  explicit Validator(size_t max_depth) : max_depth_(max_depth) {
    if (parser_.allocate(1 << 16, max_depth)) throw std::bad_alloc();
  }

  /// `readable` bytes may be read from `bytes` on: simdjson reads a few beyond the value.
  bool is_json(const uint8_t *bytes, size_t size, size_t readable) {
    if (readable - size < simdjson::SIMDJSON_PADDING) {
      tail_.clear();
      if (size) tail_.assign(reinterpret_cast<const char *>(bytes), size);
      tail_.append(simdjson::SIMDJSON_PADDING, ' ');
      bytes = reinterpret_cast<const uint8_t *>(tail_.data());
    }
    switch (parser_.parse(bytes, size, false).error()) {
      case simdjson::SUCCESS: return true;
      case simdjson::MEMALLOC: throw std::bad_alloc();
      case simdjson::NUMBER_ERROR: return has_big_numbers_only(bytes, size);
      default: return false;
    }
  }

 private:
  bool has_big_numbers_only(const uint8_t *bytes, size_t size) {
    wg_json_tree tree;
    wg_json_tree_parse(bytes, size, max_depth_, SIZE_MAX, &tree);
    const int fault = tree.fault;
    wg_json_tree_free(&tree);
    if (fault == WG_JSON_FAULT_MEMORY) throw std::bad_alloc();
    return fault == WG_JSON_OK;
  }

  simdjson::dom::parser parser_;
  size_t max_depth_;
  std::string tail_;
};

}  // namespace

extern "C" int wg_json_find_invalid(
  const uint8_t *bytes, size_t size, const int64_t *offsets, const uint8_t *valid, size_t rows, size_t max_depth,
  uint8_t *invalid) {
  try {
    Validator validator(max_depth);
    for (size_t row = 0; row < rows; row++) {
      const size_t start = static_cast<size_t>(offsets[row]), end = static_cast<size_t>(offsets[row + 1]);
      invalid[row] = (!valid || valid[row]) && !validator.is_json(bytes + start, end - start, size - start);
    }
    return 0;
  } catch (const std::exception &) {
    return -1;  // only memory can run out here
  }
}

extern "C" int wg_utf8_is_valid(const uint8_t *bytes, size_t size) {
  return simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), size);
}
