#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node is. A member's name is a string node in front of its value.
enum {
  WG_JSON_NULL = 0,
  WG_JSON_FALSE = 1,
  WG_JSON_TRUE = 2,
  /// A number without fraction and exponent, but not `-0`. May exceed 64 bits.
  WG_JSON_INTEGER = 3,
  /// Any other number.
  WG_JSON_NUMBER = 4,
  /// A string without escapes: its text is the source between the quotes.
  WG_JSON_STRING = 5,
  /// A string with escapes: its text is `link` bytes at `aux` of the tree's `text`.
  WG_JSON_ESCAPED_STRING = 6,
  WG_JSON_ARRAY = 7,
  WG_JSON_OBJECT = 8
};

/// Why a parse stopped.
enum {
  WG_JSON_OK = 0,
  WG_JSON_FAULT_EMPTY = 1,
  WG_JSON_FAULT_UTF8 = 2,
  WG_JSON_FAULT_CONTROL_CHARACTER = 3,
  WG_JSON_FAULT_UNCLOSED_STRING = 4,
  WG_JSON_FAULT_VALUE = 5,
  WG_JSON_FAULT_NUMBER = 6,
  WG_JSON_FAULT_ESCAPE = 7,
  WG_JSON_FAULT_KEY = 8,
  WG_JSON_FAULT_COLON = 9,
  WG_JSON_FAULT_COMMA = 10,
  WG_JSON_FAULT_UNCLOSED = 11,
  WG_JSON_FAULT_TRAILING = 12,
  WG_JSON_FAULT_DEPTH = 13,
  WG_JSON_FAULT_NODES = 14,
  WG_JSON_FAULT_MEMORY = 15,
  WG_JSON_FAULT_INTERNAL = 16
};

/// One value of a document, in document order.
typedef struct wg_json_node {
  uint32_t kind;
  /// The value's bytes in the source, quotes and brackets included: `start..<end`.
  uint32_t start;
  uint32_t end;
  /// Containers: the index of the first node behind the last descendant. Escaped strings: the length of the text.
  uint32_t link;
  /// Containers: the number of elements or members. Escaped strings: the offset of the text.
  uint32_t aux;
} wg_json_node;

/// A parsed document, or the fault and where it lies. Free it in either case.
typedef struct wg_json_tree {
  wg_json_node *nodes;
  size_t node_count;
  uint8_t *text;
  size_t text_count;
  int fault;
  size_t fault_offset;
} wg_json_tree;

/// Parses one whole document of less than 4 GiB. Never reads outside `bytes`, never throws, needs no padding.
void wg_json_tree_parse(const uint8_t *bytes, size_t count, size_t max_depth, size_t max_nodes, wg_json_tree *tree);

/// Releases what a parse handed out.
void wg_json_tree_free(wg_json_tree *tree);

#ifdef __cplusplus
}
#endif
