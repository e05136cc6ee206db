#include "storage/fact_codec.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "model/facts.h"
#include "storage/bytes.h"

namespace landfall {
namespace {

// DO NOT RENUMBER: the low bits of a column's number. Whether each row is known, and whether all known values are equal.
constexpr std::uint64_t kSomeUnknown = 1;  // A bitmap says which rows are known.
constexpr std::uint64_t kConstant = 2;     // One value stands for all.
constexpr int kFormBits = 2;

// An enum's value `unknown`, whose own number moves when the schema gets a new value before it.
constexpr std::uint8_t kUnknownByte = 0xff;

// How the values of a type are written.
enum class Storage { kBit, kByte, kInt, kNum, kText, kNone };

Storage StorageOf(FactType type) {
  switch (type) {
    case FactType::kBool: return Storage::kBit;
    case FactType::kEnum: return Storage::kByte;
    case FactType::kInt: return Storage::kInt;
    case FactType::kNum: return Storage::kNum;
    case FactType::kPeople: return Storage::kNone;  // Made from the rows, never stored.
    default: return Storage::kText;
  }
}

// More rows than any aircraft holds, or any file of one flight has: hostile bytes cannot ask for more.
constexpr std::uint64_t kMaxRows = std::uint64_t{1} << 20;

std::size_t BitmapBytes(std::size_t bits) { return (bits + 7) / 8; }

// --- Writing.

class ColumnWriter {
 public:
  ColumnWriter(const FactTable& table, std::uint32_t first, std::uint32_t last, std::string& out)
      : table_(table), first_(first), last_(last), out_(out) {}

  // Writes a column, unless a reader's new rows have its values anyway. Its length stands before its bytes, so that a
  // reader can skip a fact that it does not know.
  void Write(const FactInfo& info, const FactColumn& column, std::optional<Window> window = std::nullopt) {
    FindKnown(column);
    const Storage storage = StorageOf(info.type);
    const bool constant = IsConstant(storage, column);
    if (IsDefault(info, column, constant)) return;
    const bool some_unknown = known_.size() != last_ - first_;
    body_.clear();
    if (window) WriteWindow(*window);
    if (some_unknown) WriteBits(last_ - first_, [&](std::size_t i) { return column.IsKnown(first_ + i); });
    if (constant) known_.resize(std::min<std::size_t>(known_.size(), 1));
    WriteValues(storage, info, column);

    const std::uint64_t number = static_cast<std::uint64_t>(info.id) + 1;  // 0 ends the columns.
    AppendVarint(out_, number << kFormBits | (some_unknown ? kSomeUnknown : 0) | (constant ? kConstant : 0));
    AppendVarint(out_, body_.size());
    out_.append(body_);
  }

 private:
  void FindKnown(const FactColumn& column) {
    known_.clear();
    for (std::uint32_t word = first_ / 64; word * 64 < last_; ++word) {
      std::uint64_t bits = column.known[word];
      if (word == first_ / 64) bits &= ~std::uint64_t{0} << first_ % 64;
      if (last_ - word * 64 < 64) bits &= (std::uint64_t{1} << (last_ - word * 64)) - 1;
      for (; bits != 0; bits &= bits - 1) known_.push_back(word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
    }
  }

  void WriteWindow(Window window) {
    AppendVarint(body_, ZigZag(window.minutes));
    AppendVarint(body_, window.including_this ? 1 : 0);
  }

  bool IsDefault(const FactInfo& info, const FactColumn& column, bool constant) const {
    const std::optional<std::uint8_t> unknown = info.type == FactType::kEnum ? info.UnknownValue() : std::nullopt;
    if (!unknown) return known_.empty();
    return constant && known_.size() == last_ - first_ && column.small[known_.front()] == *unknown;
  }

  template <typename Values>
  bool AllEqual(const Values& values) const {
    return std::all_of(known_.begin(), known_.end(),
                       [&](std::uint32_t row) { return values[row] == values[known_.front()]; });
  }

  bool IsConstant(Storage storage, const FactColumn& column) const {
    switch (storage) {
      case Storage::kBit:
      case Storage::kByte: return AllEqual(column.small);
      case Storage::kInt: return AllEqual(column.ints);
      case Storage::kNum: return AllEqualBits(column.nums);
      case Storage::kText: return AllEqual(column.texts);
      case Storage::kNone: break;
    }
    return true;
  }

  // By their bits: 0.0 and -0.0 are equal and differ, a NaN is not equal to itself.
  bool AllEqualBits(const std::vector<double>& values) const {
    return std::all_of(known_.begin(), known_.end(), [&](std::uint32_t row) {
      return std::bit_cast<std::uint64_t>(values[row]) == std::bit_cast<std::uint64_t>(values[known_.front()]);
    });
  }

  template <typename Bit>
  void WriteBits(std::size_t count, const Bit& bit) {
    const std::size_t at = body_.size();
    body_.append(BitmapBytes(count), '\0');
    for (std::size_t i = 0; i < count; ++i) {
      if (bit(i)) body_[at + i / 8] = static_cast<char>(body_[at + i / 8] | 1 << i % 8);
    }
  }

  void WriteValues(Storage storage, const FactInfo& info, const FactColumn& column) {
    switch (storage) {
      case Storage::kBit:
        WriteBits(known_.size(), [&](std::size_t i) { return column.small[known_[i]] != 0; });
        break;
      case Storage::kByte: WriteEnums(info.UnknownValue(), column); break;
      case Storage::kInt:
        for (const std::uint32_t row : known_) AppendVarint(body_, ZigZag(column.ints[row]));
        break;
      case Storage::kNum:
        for (const std::uint32_t row : known_) AppendFixed64(body_, std::bit_cast<std::uint64_t>(column.nums[row]));
        break;
      case Storage::kText: WriteTexts(column); break;
      case Storage::kNone: break;
    }
  }

  void WriteEnums(std::optional<std::uint8_t> unknown, const FactColumn& column) {
    for (const std::uint32_t row : known_) {
      const std::uint8_t value = column.small[row];
      body_.push_back(static_cast<char>(value == unknown ? kUnknownByte : value));
    }
  }

  // Each text once per column: 0 and the text where it is new, else its number in the order of appearance, from 1.
  void WriteTexts(const FactColumn& column) {
    numbers_.clear();
    for (const std::uint32_t row : known_) {
      const auto [it, is_new] = numbers_.try_emplace(column.texts[row], numbers_.size() + 1);
      AppendVarint(body_, is_new ? 0 : it->second);
      if (!is_new) continue;
      const std::string_view text = table_.Text(column.texts[row]);
      AppendVarint(body_, text.size());
      body_.append(text);
    }
  }

  const FactTable& table_;
  const std::uint32_t first_, last_;
  std::string& out_;
  std::string body_;                  // Of the latest column.
  std::vector<std::uint32_t> known_;  // Its known rows.
  absl::flat_hash_map<std::uint32_t, std::uint64_t> numbers_;
};

void WriteParties(const FactTable& table, std::uint32_t first, std::uint32_t last, std::string& out) {
  AppendVarint(out, last - first);
  std::uint64_t size = 0;
  for (std::uint32_t row = first; row < last; ++row) {
    ++size;
    if (row + 1 < last && table.PartyOf(row + 1) == table.PartyOf(row)) continue;
    AppendVarint(out, size);
    size = 0;
  }
}

// --- Reading.

class FactReader {
 public:
  // With no table it only checks; what passed the check can then be read into one.
  FactReader(std::string_view bytes, FactTable* table) : bytes_(bytes), table_(table) {}

  bool Read() {
    ByteReader in(bytes_);
    return Rows(in) && Columns(in, false) && Columns(in, true) && in.empty();
  }

 private:
  bool Rows(ByteReader& in) {
    if (!in.Varint(rows_) || rows_ > kMaxRows) return false;
    if (table_ != nullptr) {
      first_ = table_->rows();
      table_->AddFlight();
    }
    for (std::uint64_t left = rows_; left > 0;) {
      std::uint64_t size = 0;
      if (!in.Varint(size) || size == 0 || size > left) return false;
      left -= size;
      if (table_ != nullptr) AddParty(size);
    }
    return true;
  }

  void AddParty(std::uint64_t size) {
    table_->AddParty();
    for (std::uint64_t i = 0; i < size; ++i) table_->AddRow();
  }

  // Two lists of columns, each ended by a 0: those of all facts but windows, and those of windows.
  bool Columns(ByteReader& in, bool windows) {
    std::uint64_t key = 0;
    while (in.Varint(key)) {
      if (key == 0) return true;
      std::string_view body;
      if (key >> kFormBits == 0 || !in.Sized(body)) return false;
      const std::uint64_t number = (key >> kFormBits) - 1;
      if (number >= kFactCount) continue;  // Of a newer program.
      if (!Column(static_cast<FactId>(number), body, key, windows)) return false;
    }
    return false;
  }

  bool Column(FactId fact, std::string_view body, std::uint64_t form, bool is_window) {
    info_ = &Info(fact);
    in_ = ByteReader(body);
    window_.reset();
    if (info_->is_window != is_window || (is_window && !ReadWindow())) return false;
    return Known(form & kSomeUnknown) && Values(form & kConstant) && in_.empty();
  }

  bool ReadWindow() {
    std::uint64_t minutes = 0, including_this = 0;
    if (!in_.Varint(minutes) || !in_.Varint(including_this) || including_this > 1) return false;
    window_ = Window{UnZigZag(minutes), including_this == 1};
    return true;
  }

  bool Known(bool some_unknown) {
    known_.clear();
    std::string_view bitmap;
    if (some_unknown && !in_.Bytes(BitmapBytes(rows_), bitmap)) return false;
    for (std::uint64_t row = 0; row < rows_; ++row) {
      const bool known = !some_unknown || (bitmap[row / 8] >> row % 8 & 1);
      if (known) {
        known_.push_back(static_cast<std::uint32_t>(row));
      } else if (table_ != nullptr && !window_) {
        table_->SetUnknown(first_ + row, info_->id);
      }
    }
    return true;
  }

  bool Values(bool constant) {
    switch (StorageOf(info_->type)) {
      case Storage::kBit: return Bits(constant);
      case Storage::kByte: return Each(constant, [this](Value& value) { return Byte(value); });
      case Storage::kInt: return Each(constant, [this](Value& value) { return Int(value); });
      case Storage::kNum: return Each(constant, [this](Value& value) { return Num(value); });
      case Storage::kText: texts_.clear(); return Each(constant, [this](Value& value) { return Text(value); });
      case Storage::kNone: break;
    }
    return false;
  }

  struct Value {
    std::uint8_t small = 0;
    std::int64_t number = 0;
    double num = 0;
    std::string_view text;
  };

  template <typename ReadOne>
  bool Each(bool constant, const ReadOne& read) {
    Value value;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if ((i == 0 || !constant) && !read(value)) return false;
      Set(known_[i], value);
    }
    return true;
  }

  bool Bits(bool constant) {
    std::string_view bits;
    const std::size_t count = constant ? std::min<std::size_t>(known_.size(), 1) : known_.size();
    if (!in_.Bytes(BitmapBytes(count), bits)) return false;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const std::size_t bit = constant ? 0 : i;
      Set(known_[i], {.small = static_cast<std::uint8_t>(bits[bit / 8] >> bit % 8 & 1)});
    }
    return true;
  }

  bool Byte(Value& value) {
    std::string_view byte;
    if (!in_.Bytes(1, byte)) return false;
    value.small = static_cast<std::uint8_t>(byte[0]);
    if (value.small == kUnknownByte) value.small = info_->UnknownValue().value_or(kUnknownByte);
    return value.small < info_->values.size();
  }

  bool Int(Value& value) {
    std::uint64_t bits = 0;
    if (!in_.Varint(bits)) return false;
    value.number = UnZigZag(bits);
    return true;
  }

  bool Num(Value& value) {
    std::uint64_t bits = 0;
    if (!in_.Fixed64(bits)) return false;
    value.num = std::bit_cast<double>(bits);
    return true;
  }

  bool Text(Value& value) {
    std::uint64_t number = 0;
    if (!in_.Varint(number) || number > texts_.size()) return false;
    if (number == 0) {
      if (!in_.Sized(value.text)) return false;
      texts_.push_back(value.text);
    } else {
      value.text = texts_[number - 1];
    }
    return true;
  }

  void Set(std::uint32_t row_of_flight, const Value& value) {
    if (table_ == nullptr) return;
    const std::size_t row = first_ + row_of_flight;
    const Storage storage = StorageOf(info_->type);
    if (window_) {
      table_->SetWindow(row, info_->id, *window_,
                        storage == Storage::kInt ? static_cast<double>(value.number) : value.num);
      return;
    }
    switch (storage) {
      case Storage::kBit: table_->SetBool(row, info_->id, value.small != 0); break;
      case Storage::kByte: table_->SetEnum(row, info_->id, value.small); break;
      case Storage::kInt: table_->SetInt(row, info_->id, value.number); break;
      case Storage::kNum: table_->SetNum(row, info_->id, value.num); break;
      case Storage::kText: table_->SetText(row, info_->id, value.text); break;
      case Storage::kNone: break;
    }
  }

  std::string_view bytes_;
  FactTable* table_;
  std::uint64_t rows_ = 0;
  std::size_t first_ = 0;  // Row of the table where the flight begins.
  // Of the column being read:
  ByteReader in_{{}};
  const FactInfo* info_ = nullptr;
  std::optional<Window> window_;
  std::vector<std::uint32_t> known_;
  std::vector<std::string_view> texts_;
};

}  // namespace

std::string EncodeFacts(const FactTable& table, std::size_t flight) {
  const auto [first, last] = table.FlightRows(flight);
  std::string out;
  WriteParties(table, first, last, out);
  ColumnWriter writer(table, first, last, out);
  if (first != last) {
    for (const FactInfo& info : Facts()) {
      if (!info.is_window && info.type != FactType::kPeople) writer.Write(info, table.Column(info.id));
    }
  }
  out.push_back(0);
  for (const auto& [fact, window] : table.windows()) {
    if (first != last) writer.Write(Info(fact), *table.WindowColumn(fact, window), window);
  }
  out.push_back(0);
  return out;
}

absl::Status DecodeFacts(std::string_view bytes, FactTable& table) {
  if (!FactReader(bytes, nullptr).Read()) return absl::DataLossError("the stored facts of a flight do not decode");
  FactReader(bytes, &table).Read();
  return absl::OkStatus();
}

}  // namespace landfall
