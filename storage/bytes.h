#pragma once

// Numbers as bytes: what the codecs, the keys and the envelope share. Header-only, since it is on the hot path.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace landfall {

constexpr std::uint64_t ZigZag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t UnZigZag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

constexpr std::size_t kMaxVarintBytes = 10;

constexpr std::size_t VarintBytes(std::uint64_t value) {
  std::size_t size = 1;
  while (value >>= 7) ++size;
  return size;
}

// Writes `value`, seven bits a byte and the lowest first, to `to`; returns how many bytes that took.
inline std::size_t WriteVarint(char* to, std::uint64_t value) {
  std::size_t size = 0;
  while (value >= 0x80) {
    to[size++] = static_cast<char>(value | 0x80);
    value >>= 7;
  }
  to[size++] = static_cast<char>(value);
  return size;
}

inline void AppendVarint(std::string& out, std::uint64_t value) {
  char bytes[kMaxVarintBytes];
  out.append(bytes, WriteVarint(bytes, value));
}

// As ByteReader::Sized reads it.
inline void AppendSized(std::string& out, std::string_view bytes) {
  AppendVarint(out, bytes.size());
  out.append(bytes);
}

// Little end first: for values.
inline void AppendFixed64(std::string& out, std::uint64_t value) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
  out.append(bytes, sizeof bytes);
}
inline std::uint64_t ReadFixed64(const char* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
  return value;
}

// Big end first: for keys, so that their order is that of the numbers.
template <typename Unsigned>
void AppendBigEndian(std::string& out, Unsigned value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(value >> shift));
  }
}
template <typename Unsigned>
Unsigned ReadBigEndian(const char* bytes) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    value = static_cast<Unsigned>((value << 8) | static_cast<std::uint8_t>(bytes[i]));
  }
  return value;
}

// Walks over bytes that may be hostile: each read says whether it could be done, and moves on only if so.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  bool empty() const { return at_ == end_; }
  std::size_t size() const { return static_cast<std::size_t>(end_ - at_); }
  std::string_view rest() const { return {at_, size()}; }

  bool Varint(std::uint64_t& value) {
    if (at_ != end_ && static_cast<std::uint8_t>(*at_) < 0x80) {
      value = static_cast<std::uint8_t>(*at_++);
      return true;
    }
    return LongVarint(value);
  }
  bool Bytes(std::uint64_t size, std::string_view& bytes) {
    if (size > this->size()) return false;
    bytes = {at_, static_cast<std::size_t>(size)};
    at_ += size;
    return true;
  }
  bool Sized(std::string_view& bytes) {
    std::uint64_t size = 0;
    return Varint(size) && Bytes(size, bytes);
  }
  bool Fixed64(std::uint64_t& value) {
    std::string_view bytes;
    if (!Bytes(8, bytes)) return false;
    value = ReadFixed64(bytes.data());
    return true;
  }

 private:
  bool LongVarint(std::uint64_t& value) {
    std::uint64_t result = 0;
    const char* at = at_;
    for (int shift = 0; at != end_ && shift < 70; shift += 7) {
      const auto byte = static_cast<std::uint8_t>(*at++);
      if (shift == 63 && byte > 1) return false;  // More than 64 bits.
      result |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) {
        value = result;
        at_ = at;
        return true;
      }
    }
    return false;
  }

  const char* at_;
  const char* end_;
};

}  // namespace landfall
