// A JSON document as a flat list of nodes with their source ranges.
//
// simdjson's first stage finds every structural character at several gigabytes a second and validates UTF-8, control
// characters and closed strings; the grammar is checked here, because simdjson's own tree drops source positions and
// refuses integers beyond 64 bits, and Iceberg needs both: unchanged parts of a document are spliced as bytes.

#include "json_tree.h"

#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace {

struct Fault {
  int code;
  size_t offset;
};

bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }
bool is_space(uint8_t c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_continuation(uint8_t c) { return (c & 0xc0) == 0x80; }

/// The length of the UTF-8 sequence at `bytes`, 0 when there is none (Unicode 15, table 3-7).
size_t utf8_length(const uint8_t *bytes, size_t left) {
  uint8_t first = bytes[0];
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return left >= 2 && is_continuation(bytes[1]) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    uint8_t low = first == 0xe0 ? 0xa0 : 0x80, high = first == 0xed ? 0x9f : 0xbf;
    return left >= 3 && bytes[1] >= low && bytes[1] <= high && is_continuation(bytes[2]) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    uint8_t low = first == 0xf0 ? 0x90 : 0x80, high = first == 0xf4 ? 0x8f : 0xbf;
    return left >= 4 && bytes[1] >= low && bytes[1] <= high && is_continuation(bytes[2]) && is_continuation(bytes[3])
               ? 4
               : 0;
  }
  return 0;
}

size_t first_invalid_utf8(const uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    size_t length = utf8_length(bytes + at, count - at);
    if (length == 0) break;
    at += length;
  }
  return at;
}

/// Where a control character lies inside a string (`unclosed` false), or where the string that never ends begins.
size_t string_fault(const uint8_t *bytes, size_t count, bool unclosed) {
  bool inside = false;
  size_t opened = 0;
  for (size_t at = 0; at < count; at++) {
    uint8_t c = bytes[at];
    if (c == '\\') {
      at++;
    } else if (c == '"') {
      inside = !inside;
      opened = at;
    } else if (inside && c < 0x20 && !unclosed) {
      return at;
    }
  }
  return opened;
}

int hex_digit(uint8_t c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The code unit of `\uXXXX` at `at` (which points at the backslash), -1 when it is none.
int32_t code_unit(const uint8_t *at, const uint8_t *end) {
  if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return -1;
  int32_t value = 0;
  for (int i = 2; i < 6; i++) {
    int digit = hex_digit(at[i]);
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

void append_utf8(std::vector<uint8_t> &text, uint32_t c) {
  if (c < 0x80) {
    text.push_back(uint8_t(c));
  } else if (c < 0x800) {
    text.push_back(uint8_t(0xc0 | c >> 6));
    text.push_back(uint8_t(0x80 | (c & 0x3f)));
  } else if (c < 0x10000) {
    text.push_back(uint8_t(0xe0 | c >> 12));
    text.push_back(uint8_t(0x80 | (c >> 6 & 0x3f)));
    text.push_back(uint8_t(0x80 | (c & 0x3f)));
  } else {
    text.push_back(uint8_t(0xf0 | c >> 18));
    text.push_back(uint8_t(0x80 | (c >> 12 & 0x3f)));
    text.push_back(uint8_t(0x80 | (c >> 6 & 0x3f)));
    text.push_back(uint8_t(0x80 | (c & 0x3f)));
  }
}

/// Appends the character that the `\u` escape at `at` stands for; a lone surrogate is refused. Returns the bytes read, 0 when it is malformed.
size_t append_unicode_escape(std::vector<uint8_t> &text, const uint8_t *at, const uint8_t *end) {
  int32_t high = code_unit(at, end);
  if (high < 0 || (high >= 0xdc00 && high <= 0xdfff)) return 0;
  if (high < 0xd800 || high > 0xdbff) {
    append_utf8(text, uint32_t(high));
    return 6;
  }
  int32_t low = code_unit(at + 6, end);
  if (low < 0xdc00 || low > 0xdfff) return 0;
  append_utf8(text, 0x10000 + (uint32_t(high - 0xd800) << 10 | uint32_t(low - 0xdc00)));
  return 12;
}

/// Appends the character of the escape at `at`. Returns the bytes read, 0 when it is malformed.
size_t append_escape(std::vector<uint8_t> &text, const uint8_t *at, const uint8_t *end) {
  if (end - at < 2) return 0;
  switch (at[1]) {
    case '"': case '\\': case '/': text.push_back(at[1]); return 2;
    case 'b': text.push_back('\b'); return 2;
    case 'f': text.push_back('\f'); return 2;
    case 'n': text.push_back('\n'); return 2;
    case 'r': text.push_back('\r'); return 2;
    case 't': text.push_back('\t'); return 2;
    case 'u': return append_unicode_escape(text, at, end);
    default: return 0;
  }
}

class TreeBuilder {
 public:
  TreeBuilder(const uint8_t *bytes, size_t count, size_t max_depth, size_t max_nodes)
      : bytes_(bytes), count_(count), max_depth_(max_depth), max_nodes_(max_nodes) {}

  std::vector<wg_json_node> nodes;
  std::vector<uint8_t> text;

  /// One step of the grammar a structural character (RFC 8259 §2).
  void build(const uint32_t *structurals, size_t structural_count) {
    for (size_t i = 0; i < structural_count; i++) {
      size_t at = structurals[i];
      next_ = i + 1 < structural_count ? structurals[i + 1] : count_;
      if (at >= count_) throw Fault{WG_JSON_FAULT_INTERNAL, at};
      step(at, bytes_[at]);
    }
    if (!open_.empty()) throw Fault{WG_JSON_FAULT_UNCLOSED, nodes[open_.back()].start};
    if (expect_ != Expect::end) throw Fault{WG_JSON_FAULT_EMPTY, count_};
  }

 private:
  enum class Expect { value, value_or_close, key, key_or_close, colon, comma_or_close, end };

  const uint8_t *bytes_;
  size_t count_, max_depth_, max_nodes_;
  size_t next_ = 0;
  std::vector<uint32_t> open_;
  Expect expect_ = Expect::value;

  void step(size_t at, uint8_t c) {
    switch (expect_) {
      case Expect::value_or_close:
        if (c == ']') return close(at);
        return value(at, c);
      case Expect::value: return value(at, c);
      case Expect::key_or_close:
        if (c == '}') return close(at);
        return key(at, c);
      case Expect::key: return key(at, c);
      case Expect::colon:
        if (c != ':') throw Fault{WG_JSON_FAULT_COLON, at};
        expect_ = Expect::value;
        return;
      case Expect::comma_or_close: return separator(at, c);
      case Expect::end: throw Fault{WG_JSON_FAULT_TRAILING, at};
    }
  }

  void separator(size_t at, uint8_t c) {
    bool in_object = nodes[open_.back()].kind == WG_JSON_OBJECT;
    if (c == ',') {
      expect_ = in_object ? Expect::key : Expect::value;
    } else if (c == (in_object ? '}' : ']')) {
      close(at);
    } else {
      throw Fault{WG_JSON_FAULT_COMMA, at};
    }
  }

  void key(size_t at, uint8_t c) {
    if (c != '"') throw Fault{WG_JSON_FAULT_KEY, at};
    string(at);
    nodes[open_.back()].aux++;
    expect_ = Expect::colon;
  }

  void value(size_t at, uint8_t c) {
    if (!open_.empty() && nodes[open_.back()].kind == WG_JSON_ARRAY) nodes[open_.back()].aux++;
    switch (c) {
      case '{': return open(at, WG_JSON_OBJECT, Expect::key_or_close);
      case '[': return open(at, WG_JSON_ARRAY, Expect::value_or_close);
      case '"': string(at); break;
      case 't': word(at, "true", 4, WG_JSON_TRUE); break;
      case 'f': word(at, "false", 5, WG_JSON_FALSE); break;
      case 'n': word(at, "null", 4, WG_JSON_NULL); break;
      default: number(at, c);
    }
    after_value();
  }

  void open(size_t at, uint32_t kind, Expect expect) {
    if (open_.size() >= max_depth_) throw Fault{WG_JSON_FAULT_DEPTH, at};
    open_.push_back(uint32_t(nodes.size()));
    add(kind, at, at + 1, 0, 0);
    expect_ = expect;
  }

  void close(size_t at) {
    wg_json_node &node = nodes[open_.back()];
    node.end = uint32_t(at + 1);
    node.link = uint32_t(nodes.size());
    open_.pop_back();
    after_value();
  }

  void after_value() { expect_ = open_.empty() ? Expect::end : Expect::comma_or_close; }

  void add(uint32_t kind, size_t start, size_t end, size_t link, size_t aux) {
    if (nodes.size() >= max_nodes_) throw Fault{WG_JSON_FAULT_NODES, start};
    nodes.push_back({kind, uint32_t(start), uint32_t(end), uint32_t(link), uint32_t(aux)});
  }

  /// A scalar ends at white space, at the next structural character or with the document.
  bool is_delimited(size_t end) const { return end == next_ || end == count_ || (end < count_ && is_space(bytes_[end])); }

  void word(size_t at, const char *word, size_t length, uint32_t kind) {
    if (count_ - at < length || memcmp(bytes_ + at, word, length) != 0 || !is_delimited(at + length))
      throw Fault{WG_JSON_FAULT_VALUE, at};
    add(kind, at, at + length, 0, 0);
  }

  size_t digits(size_t at) const {
    while (at < count_ && is_digit(bytes_[at])) at++;
    return at;
  }

  void number(size_t start, uint8_t c) {
    size_t at = start + (c == '-' ? 1 : 0);
    size_t whole = digits(at);
    if (whole == at) throw Fault{c == '-' ? WG_JSON_FAULT_NUMBER : WG_JSON_FAULT_VALUE, start};
    if (bytes_[at] == '0' && whole > at + 1) throw Fault{WG_JSON_FAULT_NUMBER, start};
    uint32_t kind = c == '-' && bytes_[at] == '0' ? WG_JSON_NUMBER : WG_JSON_INTEGER;
    size_t end = whole;
    if (end < count_ && bytes_[end] == '.') end = required_digits(end + 1, start);
    if (end < count_ && (bytes_[end] == 'e' || bytes_[end] == 'E')) {
      end++;
      if (end < count_ && (bytes_[end] == '+' || bytes_[end] == '-')) end++;
      end = required_digits(end, start);
    }
    if (!is_delimited(end)) throw Fault{WG_JSON_FAULT_NUMBER, start};
    add(end == whole ? kind : uint32_t(WG_JSON_NUMBER), start, end, 0, 0);
  }

  size_t required_digits(size_t at, size_t start) const {
    size_t end = digits(at);
    if (end == at) throw Fault{WG_JSON_FAULT_NUMBER, start};
    return end;
  }

  void string(size_t start) {
    const uint8_t *from = bytes_ + start + 1, *limit = bytes_ + count_;
    auto quote = static_cast<const uint8_t *>(memchr(from, '"', size_t(limit - from)));
    if (!quote) throw Fault{WG_JSON_FAULT_UNCLOSED_STRING, start};
    auto escape = static_cast<const uint8_t *>(memchr(from, '\\', size_t(quote - from)));
    if (escape) return escaped_string(start, escape);
    size_t end = size_t(quote - bytes_) + 1;
    if (!is_delimited(end)) throw Fault{WG_JSON_FAULT_COMMA, end};
    add(WG_JSON_STRING, start, end, 0, 0);
  }

  void escaped_string(size_t start, const uint8_t *escape) {
    const uint8_t *at = bytes_ + start + 1, *limit = bytes_ + count_;
    size_t text_start = text.size();
    text.insert(text.end(), at, escape);
    at = escape;
    while (at < limit && *at != '"') {
      if (*at != '\\') {
        text.push_back(*at++);
        continue;
      }
      size_t length = append_escape(text, at, limit);
      if (length == 0) throw Fault{WG_JSON_FAULT_ESCAPE, size_t(at - bytes_)};
      at += length;
    }
    if (at == limit) throw Fault{WG_JSON_FAULT_UNCLOSED_STRING, start};
    size_t end = size_t(at - bytes_) + 1;
    if (!is_delimited(end)) throw Fault{WG_JSON_FAULT_COMMA, end};
    add(WG_JSON_ESCAPED_STRING, start, end, text.size() - text_start, text_start);
  }
};

/// What the first stage found, as one of our faults with its place.
Fault stage1_fault(simdjson::error_code code, const uint8_t *bytes, size_t count) {
  switch (code) {
    case simdjson::EMPTY: return {WG_JSON_FAULT_EMPTY, 0};
    case simdjson::UTF8_ERROR: return {WG_JSON_FAULT_UTF8, first_invalid_utf8(bytes, count)};
    case simdjson::UNESCAPED_CHARS: return {WG_JSON_FAULT_CONTROL_CHARACTER, string_fault(bytes, count, false)};
    case simdjson::UNCLOSED_STRING: return {WG_JSON_FAULT_UNCLOSED_STRING, string_fault(bytes, count, true)};
    case simdjson::MEMALLOC: return {WG_JSON_FAULT_MEMORY, 0};
    default: return {WG_JSON_FAULT_INTERNAL, 0};
  }
}

/// A copy in memory of its own; nil for nothing.
template <typename T>
T *hand_out(const std::vector<T> &values) {
  if (values.empty()) return nullptr;
  auto copy = static_cast<T *>(malloc(values.size() * sizeof(T)));
  if (!copy) throw std::bad_alloc();
  memcpy(copy, values.data(), values.size() * sizeof(T));
  return copy;
}

void parse(const uint8_t *bytes, size_t count, size_t max_depth, size_t max_nodes, wg_json_tree *tree) {
  if (count == 0) throw Fault{WG_JSON_FAULT_EMPTY, 0};
  std::unique_ptr<simdjson::internal::dom_parser_implementation> scanner;
  auto code = simdjson::get_active_implementation()->create_dom_parser_implementation(count, 1, scanner);
  if (code) throw stage1_fault(code, bytes, count);
  code = scanner->stage1(bytes, count, simdjson::stage1_mode::regular);
  if (code) throw stage1_fault(code, bytes, count);
  TreeBuilder builder(bytes, count, max_depth, max_nodes);
  builder.nodes.reserve(scanner->n_structural_indexes / 2 + 1);
  builder.build(scanner->structural_indexes.get(), scanner->n_structural_indexes);
  scanner.reset();
  tree->nodes = hand_out(builder.nodes);
  tree->node_count = builder.nodes.size();
  tree->text = hand_out(builder.text);
  tree->text_count = builder.text.size();
}

}  // namespace

extern "C" void wg_json_tree_parse(
    const uint8_t *bytes, size_t count, size_t max_depth, size_t max_nodes, wg_json_tree *tree) {
  *tree = wg_json_tree{};
  try {
    parse(bytes, count, max_depth, max_nodes, tree);
  } catch (const Fault &fault) {
    tree->fault = fault.code;
    tree->fault_offset = fault.offset;
  } catch (...) {
    tree->fault = WG_JSON_FAULT_MEMORY;
  }
}

extern "C" void wg_json_tree_free(wg_json_tree *tree) {
  free(tree->nodes);
  free(tree->text);
  *tree = wg_json_tree{};
}
