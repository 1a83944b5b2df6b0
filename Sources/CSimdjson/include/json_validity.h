#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Sets `invalid[row]` to 1 for each of the first `rows` rows of a column that is no JSON value (RFC 8259) or nests deeper than `max_depth`, else
/// to 0; a row that `valid` (null: all are) marks with 0 is not looked at. Row i is `bytes[offsets[i]..<offsets[i + 1]]`. Returns 0, or -1
/// when memory runs out.
int wg_json_find_invalid(
  const uint8_t *bytes, size_t size, const int64_t *offsets, const uint8_t *valid, size_t rows, size_t max_depth,
  uint8_t *invalid);

/// 1 where the bytes are well-formed UTF-8 (RFC 3629), else 0.
int wg_utf8_is_valid(const uint8_t *bytes, size_t size);

#ifdef __cplusplus
}
#endif
