#include "storage/codec.h"

#include <algorithm>
#include <bit>
#include <concepts>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "model/boxed.h"
#include "model/date.h"
#include "model/digest.h"
#include "model/fixed_text.h"
#include "storage/bytes.h"
#include "storage/database.h"

namespace landfall {
namespace {

// DO NOT RENUMBER: the two low bits of every field's key.
enum class Wire : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2 };
constexpr int kWireBits = 2;

// Deeper than any condition that a profile may hold, and shallow enough for the stack.
constexpr int kMaxDepth = 100;

// Fields that only the store has. Their tags begin at 60, so that the model's may grow towards them.
constexpr int kFirstOwnTag = 60;

// The fields of a type, as visit(tag, name, member), in ascending order of their tags.
template <typename T>
struct FieldsOf {
  template <typename Self, typename V>
  static void Visit(Self& self, V&& visit) { T::Fields(self, visit); }
  template <typename Self, typename V>
  static void VisitOwn(Self&, V&&) {}
};

template <>
struct FieldsOf<FlightKey> {
  template <typename Self, typename V>
  static void Visit(Self& self, V&& visit) {
    visit(1, "departs_on", self.departs_on);
    visit(2, "number", self.number);
    visit(3, "from", self.from);
    visit(4, "to", self.to);
  }
  template <typename Self, typename V>
  static void VisitOwn(Self&, V&&) {}
};

template <>
struct FieldsOf<SourcePosition> {
  template <typename Self, typename V>
  static void Visit(Self& self, V&& visit) {
    visit(1, "file", self.file);
    visit(2, "offset", self.offset);
    visit(3, "line", self.line);
  }
  template <typename Self, typename V>
  static void VisitOwn(Self&, V&&) {}
};

template <>
struct FieldsOf<Flight> {
  template <typename Self, typename V>
  static void Visit(Self& self, V&& visit) { Flight::Fields(self, visit); }
  template <typename Self, typename V>
  static void VisitOwn(Self& self, V&& visit) { visit(kFirstOwnTag, "departs_on", self.departs_on); }
};

template <>
struct FieldsOf<Traveller> {
  template <typename Self, typename V>
  static void Visit(Self& self, V&& visit) { Traveller::Fields(self, visit); }
  template <typename Self, typename V>
  static void VisitOwn(Self& self, V&& visit) { visit(kFirstOwnTag, "offset", self.offset); }
};

template <>
struct FieldsOf<Message> {
  template <typename Self, typename V>
  static void Visit(Self& self, V&& visit) { Message::Fields(self, visit); }
  template <typename Self, typename V>
  static void VisitOwn(Self& self, V&& visit) {
    visit(kFirstOwnTag, "position", self.position);
    visit(kFirstOwnTag + 1, "findings", self.findings);
    visit(kFirstOwnTag + 2, "set_aside", self.set_aside);
  }
};

// --- Kinds of values.

template <typename T>
constexpr bool kIsText = false;
template <>
constexpr bool kIsText<std::string> = true;
template <std::size_t N>
constexpr bool kIsText<FixedText<N>> = true;

template <typename T>
constexpr bool kIsList = false;
template <typename T>
constexpr bool kIsList<std::vector<T>> = true;

template <typename T>
constexpr bool kMayBeAbsent = false;
template <typename T>
constexpr bool kMayBeAbsent<std::optional<T>> = true;
template <typename T>
constexpr bool kMayBeAbsent<Boxed<T>> = true;

template <typename T>
concept Number = std::integral<T> || std::is_enum_v<T> || std::same_as<T, Date> || std::same_as<T, Instant> ||
                 std::same_as<T, PartialDate>;

std::string_view View(const std::string& text) { return text; }
template <std::size_t N>
std::string_view View(const FixedText<N>& text) { return text.view(); }

bool Assign(std::string_view bytes, std::string& text) {
  text.assign(bytes);
  return true;
}
template <std::size_t N>
bool Assign(std::string_view bytes, FixedText<N>& text) {
  if (bytes.size() > N) return false;
  text = FixedText<N>(bytes);
  return true;
}

// --- Numbers. A signed one is zig-zag coded, so that those near 0 are short.

template <Number T>
std::uint64_t ToVarint(T value) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<std::uint64_t>(value);
  } else if constexpr (std::signed_integral<T>) {
    return ZigZag(value);
  } else {
    return value;
  }
}
std::uint64_t ToVarint(Date date) { return ZigZag(date.days); }
std::uint64_t ToVarint(Instant instant) { return ZigZag(instant.seconds); }
std::uint64_t ToVarint(PartialDate date) {
  return std::uint64_t{static_cast<std::uint16_t>(date.year)} << 9 | std::uint64_t{date.month & 15u} << 5 |
         (date.day & 31u);
}

// False for a number that the type cannot hold.
template <Number T>
bool FromVarint(std::uint64_t bits, T& value) {
  if constexpr (std::is_enum_v<T>) {
    if (bits >= std::size(EnumText<T>::kWords)) return false;
    value = static_cast<T>(bits);
  } else if constexpr (std::signed_integral<T>) {
    const std::int64_t wide = UnZigZag(bits);
    if (!std::in_range<T>(wide)) return false;
    value = static_cast<T>(wide);
  } else {
    if (bits > std::numeric_limits<T>::max()) return false;
    value = static_cast<T>(bits);
  }
  return true;
}
bool FromVarint(std::uint64_t bits, Date& date) { return FromVarint(bits, date.days); }
bool FromVarint(std::uint64_t bits, Instant& instant) { return FromVarint(bits, instant.seconds); }
bool FromVarint(std::uint64_t bits, PartialDate& date) {
  if (bits >> 25 != 0) return false;
  date.year = static_cast<std::int16_t>(bits >> 9);
  date.month = bits >> 5 & 15;
  date.day = bits & 31;
  return date.month <= 12;
}

// --- Writing.

// How many bytes to leave for the length of a nested value. A wrong guess costs a move of its bytes, so travellers,
// which rarely fit 127 bytes, get two.
template <typename T>
constexpr std::size_t kLengthBytes = std::same_as<T, Traveller> ? 2 : 1;

template <bool content_only>
class Encoder {
 public:
  explicit Encoder(std::string& out) : out_(out) {}

  template <typename T>
  void Struct(const T& value) {
    const auto visit = [this](int tag, std::string_view, const auto& member) { this->Field(tag, member); };
    FieldsOf<T>::Visit(value, visit);
    if constexpr (!content_only) FieldsOf<T>::VisitOwn(value, visit);
  }

 private:
  // A field that says nothing takes no byte: an empty text, list or structure, and what may be absent and is.
  template <typename T>
  void Field(int tag, const T& value) {
    if constexpr (content_only && std::same_as<T, Boxed<EdifactEnvelope>>) {
      return;
    } else if constexpr (kMayBeAbsent<T>) {
      if (value) Value(tag, *value);
    } else if constexpr (kIsList<T>) {
      for (const auto& element : value) Value(tag, element);
    } else if constexpr (kIsText<T>) {
      if (!value.empty()) Value(tag, value);
    } else if constexpr (std::is_class_v<T> && !Number<T>) {
      const std::size_t before = out_.size();
      Value(tag, value);
      if (out_.back() == 0 && out_.size() == before + KeyBytes(tag) + 1) out_.resize(before);
    } else {
      Value(tag, value);
    }
  }

  template <typename T>
  void Value(int tag, const T& value) {
    if constexpr (Number<T>) {
      Key(tag, Wire::kVarint, ToVarint(value));
    } else if constexpr (std::same_as<T, double>) {
      Key(tag, Wire::kFixed64);
      AppendFixed64(out_, std::bit_cast<std::uint64_t>(value));
    } else if constexpr (kIsText<T>) {
      const std::string_view text = View(value);
      Key(tag, Wire::kBytes, text.size());
      out_.append(text);
    } else {
      Nested(tag, value);
    }
  }

  template <typename T>
  void Nested(int tag, const T& value) {
    Key(tag, Wire::kBytes);
    const std::size_t length_at = out_.size();
    out_.append(kLengthBytes<T>, '\0');
    Struct(value);
    PatchLength(length_at, kLengthBytes<T>);
  }

  // Puts in the length of what was written after it, as a varint padded to the bytes there are.
  void PatchLength(std::size_t length_at, std::size_t reserved) {
    std::size_t length = out_.size() - length_at - reserved;
    const std::size_t size = std::max(reserved, VarintBytes(length));
    if (size > reserved) out_.insert(length_at, size - reserved, '\0');
    for (std::size_t i = 0; i < size; ++i, length >>= 7) {
      out_[length_at + i] = static_cast<char>((length & 0x7f) | (i + 1 < size ? 0x80 : 0));
    }
  }

  static std::uint64_t KeyOf(int tag, Wire wire) {
    return static_cast<std::uint64_t>(tag) << kWireBits | static_cast<std::uint64_t>(wire);
  }
  static std::size_t KeyBytes(int tag) { return VarintBytes(KeyOf(tag, Wire::kBytes)); }
  void Key(int tag, Wire wire) { AppendVarint(out_, KeyOf(tag, wire)); }
  void Key(int tag, Wire wire, std::uint64_t number) {
    char bytes[2 * kMaxVarintBytes];
    std::size_t size = WriteVarint(bytes, KeyOf(tag, wire));
    size += WriteVarint(bytes + size, number);
    out_.append(bytes, size);
  }

  std::string& out_;
};

// --- Reading.

class Decoder {
 public:
  // Elements of lists, and boxed values, may take this much memory: more than any record needs, and in proportion to
  // the bytes read, so that a few hostile ones cannot ask for gigabytes.
  explicit Decoder(std::size_t size) : budget_((std::size_t{1} << 20) + 128 * size) {}

  const char* problem() const { return problem_; }

  // Reads the fields of `value`, which has its default ones, in one pass, as both lists of tags ascend.
  template <typename T>
  bool Struct(std::string_view bytes, T& value, int depth = 0) {
    if (depth > kMaxDepth) return Fail("too deep");
    Cursor at{ByteReader(bytes)};
    bool ok = Next(at);
    const auto visit = [&](int tag, std::string_view, auto& member) {
      ok = ok && SkipBefore(at, static_cast<std::uint64_t>(tag)) &&
           Field(at, static_cast<std::uint64_t>(tag), member, depth);
    };
    FieldsOf<T>::Visit(value, visit);
    FieldsOf<T>::VisitOwn(value, visit);
    return ok && SkipBefore(at, std::numeric_limits<std::uint64_t>::max());
  }

 private:
  // Stands on a field whose key was read and whose value was not.
  struct Cursor {
    ByteReader in;
    std::uint64_t tag = 0;  // kEnd after the last field.
    Wire wire = Wire::kVarint;
  };
  static constexpr std::uint64_t kEnd = std::numeric_limits<std::uint64_t>::max();

  bool Fail(const char* problem) {
    problem_ = problem;
    return false;
  }

  bool Next(Cursor& at) {
    if (at.in.empty()) {
      at.tag = kEnd;
      return true;
    }
    std::uint64_t key = 0;
    if (!at.in.Varint(key)) return Fail("cut short in a key");
    const std::uint64_t tag = key >> kWireBits;
    if (tag < at.tag || tag == 0) return Fail("fields out of order");
    const std::uint64_t wire = key & ((1u << kWireBits) - 1);
    if (wire > static_cast<std::uint64_t>(Wire::kBytes)) return Fail("an unknown wire type");
    at.tag = tag;
    at.wire = static_cast<Wire>(wire);
    return true;
  }

  // Skips the fields that this program does not know.
  bool SkipBefore(Cursor& at, std::uint64_t tag) {
    while (at.tag < tag) {
      if (!SkipValue(at) || !Next(at)) return false;
    }
    return true;
  }

  bool SkipValue(Cursor& at) {
    std::uint64_t number = 0;
    std::string_view bytes;
    const bool ok = at.wire == Wire::kVarint    ? at.in.Varint(number)
                    : at.wire == Wire::kFixed64 ? at.in.Fixed64(number)
                                                : at.in.Sized(bytes);
    return ok || Fail("cut short in an unknown field");
  }

  template <typename T>
  bool Field(Cursor& at, std::uint64_t tag, T& member, int depth) {
    if (at.tag != tag) return true;
    if constexpr (kIsList<T>) {
      while (at.tag == tag) {
        if (!Take(sizeof(typename T::value_type)) || !Value(at, member.emplace_back(), depth) || !Next(at)) return false;
      }
      return true;
    } else {
      if (!Value(at, member, depth) || !Next(at)) return false;
      return at.tag != tag || Fail("a field stands there twice");
    }
  }

  bool Take(std::size_t bytes) {
    if (bytes > budget_) return Fail("more elements than its size allows");
    budget_ -= bytes;
    return true;
  }

  template <typename T>
  bool Value(Cursor& at, std::optional<T>& value, int depth) { return Value(at, value.emplace(), depth); }
  template <typename T>
  bool Value(Cursor& at, Boxed<T>& value, int depth) {
    return Take(sizeof(T)) && Value(at, value.emplace(), depth);
  }
  template <typename T>
  bool Value(Cursor& at, T& value, int depth) {
    if constexpr (Number<T>) {
      std::uint64_t bits = 0;
      if (at.wire != Wire::kVarint || !at.in.Varint(bits)) return Fail("no number where one belongs");
      return FromVarint(bits, value) || Fail("a number out of range");
    } else if constexpr (std::same_as<T, double>) {
      std::uint64_t bits = 0;
      if (at.wire != Wire::kFixed64 || !at.in.Fixed64(bits)) return Fail("no number where one belongs");
      value = std::bit_cast<double>(bits);
      return true;
    } else {
      std::string_view bytes;
      if (at.wire != Wire::kBytes || !at.in.Sized(bytes)) return Fail("cut short in a value");
      if constexpr (kIsText<T>) {
        return Assign(bytes, value) || Fail("a code is too long");
      } else {
        return Struct(bytes, value, depth + 1);
      }
    }
  }

  std::size_t budget_;
  const char* problem_ = nullptr;
};

template <typename T>
absl::StatusOr<T> Decode(std::string_view bytes, const char* what) {
  Decoder decoder(bytes.size());
  T value;
  if (!decoder.Struct(bytes, value)) {
    return absl::DataLossError(absl::StrFormat("a stored %s does not decode: %s", what, decoder.problem()));
  }
  return value;
}

}  // namespace

void EncodeMessage(const Message& message, std::string& out) { Encoder<false>(out).Struct(message); }
void EncodeFlag(const FlightFlag& flag, std::string& out) { Encoder<false>(out).Struct(flag); }
void EncodeQuarantined(const QuarantinedRecord& record, std::string& out) { Encoder<false>(out).Struct(record); }
void EncodeQuarantineClosing(const QuarantineClosing& closing, std::string& out) { Encoder<false>(out).Struct(closing); }
void EncodeContent(const Message& message, std::string& out) { Encoder<true>(out).Struct(message); }

absl::StatusOr<Message> DecodeMessage(std::string_view bytes) { return Decode<Message>(bytes, "message"); }
absl::StatusOr<FlightFlag> DecodeFlag(std::string_view bytes) { return Decode<FlightFlag>(bytes, "flag"); }
absl::StatusOr<QuarantinedRecord> DecodeQuarantined(std::string_view bytes) {
  return Decode<QuarantinedRecord>(bytes, "quarantined record");
}
absl::StatusOr<QuarantineClosing> DecodeQuarantineClosing(std::string_view bytes) {
  return Decode<QuarantineClosing>(bytes, "closing of a quarantined record");
}

Digest128 ContentHash(const Message& message) {
  thread_local std::string bytes;  // Keeps its memory from message to message.
  bytes.clear();
  EncodeContent(message, bytes);
  return Blake2b128(bytes);
}

}  // namespace landfall
