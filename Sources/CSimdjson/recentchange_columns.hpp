#pragma once

// Growable columns that the parser of recentchange events fills. Memory is not zeroed and never shrinks.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

namespace recentchange {

/// A growable array of plain values. Throws std::bad_alloc.
template <class Value>
class Array {
 public:
  Array() = default;
  Array(const Array &) = delete;
  Array &operator=(const Array &) = delete;
  ~Array() { std::free(values_); }

  const Value *data() const { return values_; }
  size_t size() const { return size_; }
  Value &operator[](size_t index) { return values_[index]; }

  void reserve(size_t wanted) {
    if (wanted > capacity_) grow(wanted);
  }

  void push(Value value) {
    if (size_ == capacity_) grow(size_ + 1);
    values_[size_++] = value;
  }

  void append(const Value *values, size_t count) {
    if (count > capacity_ - size_) grow(size_ + count);
    if (count) std::memcpy(values_ + size_, values, count * sizeof(Value));
    size_ += count;
  }

 private:
  void grow(size_t wanted) {
    size_t capacity = capacity_ * 2 > wanted ? capacity_ * 2 : wanted;
    if (capacity < 64) capacity = 64;
    void *grown = std::realloc(values_, capacity * sizeof(Value));
    if (!grown) throw std::bad_alloc();
    values_ = static_cast<Value *>(grown);
    capacity_ = capacity;
  }

  Value *values_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

/// One column of any kind: strings use bytes and offsets, the others their own array.
struct Column {
  Array<uint8_t> bytes;
  Array<int64_t> offsets;
  Array<int64_t> int64s;
  Array<int32_t> int32s;
  Array<uint8_t> bools;
  Array<uint8_t> valid;
  size_t nulls = 0;

  void mark(bool is_valid) {
    valid.push(is_valid);
    nulls += !is_valid;
  }

  void add(std::string_view text, bool is_valid) {
    bytes.append(reinterpret_cast<const uint8_t *>(text.data()), text.size());
    offsets.push(static_cast<int64_t>(bytes.size()));
    mark(is_valid);
  }
};

}  // namespace recentchange
