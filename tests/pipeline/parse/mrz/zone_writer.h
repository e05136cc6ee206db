#pragma once

// The other way round: zones from values, written straight from the tables of ICAO Doc 9303, with nothing of the parser's.
// Slow, and obvious.

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/parse/mrz/mrz.h"

namespace landfall::testing_support {

struct ZoneValues {
  MrzForm form = MrzForm::kTd3;
  std::string code = "P", issuer = "UTO", number = "L898902C3", nationality = "UTO";
  std::string surname = "ERIKSSON", given_names = "ANNA MARIA";
  std::string birth = "740812", expires = "120415";  // As they stand in the zone.
  char sex = 'F';
  std::string optional, more_optional;  // The second in TD1 only.
};

inline char SlowCheckDigit(const std::string& text) {
  const std::string values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  int sum = 0;
  int weight = 7;
  for (const char c : text) {
    const int value = c == '<' ? 0 : static_cast<int>(values.find(c));
    sum = (sum + value * weight) % 10;
    weight = weight == 7 ? 3 : weight == 3 ? 1 : 7;
  }
  return "0123456789"[sum];
}

// Blanks, hyphens and such are fillers; what is too long is cut.
inline std::string Filled(std::string text, std::size_t size) {
  for (char& c : text) {
    if (c == ' ' || c == '-') c = '<';
  }
  text.resize(size, '<');
  return text;
}

inline std::string Checked(const std::string& field) { return field + SlowCheckDigit(field); }

inline std::string NameField(const ZoneValues& values, std::size_t size) {
  return Filled(values.given_names.empty() ? values.surname : values.surname + "<<" + values.given_names, size);
}

struct NumberAndOptional {
  std::string number, optional;  // The number with its check digit.
};

// A number of more than nine characters: nine of them, a filler for the digit, and the rest with the digit behind.
inline NumberAndOptional NumberOf(const ZoneValues& values, std::size_t optional_size) {
  if (values.number.size() <= 9) return {Checked(Filled(values.number, 9)), Filled(values.optional, optional_size)};
  const std::string rest = Checked(values.number).substr(9);
  return {values.number.substr(0, 9) + "<", Filled(rest + "<" + values.optional, optional_size)};
}

inline std::vector<std::string> WriteTd1(const ZoneValues& values) {
  const NumberAndOptional number = NumberOf(values, 15);
  const std::string first = Filled(values.code, 2) + Filled(values.issuer, 3) + number.number + number.optional;
  const std::string dates = Checked(values.birth) + values.sex + Checked(values.expires);
  const std::string more = Filled(values.more_optional, 11);
  const char composite =
      SlowCheckDigit(first.substr(5) + Checked(values.birth) + Checked(values.expires) + more);
  return {first, dates + Filled(values.nationality, 3) + more + composite, NameField(values, 30)};
}

inline std::vector<std::string> WriteTwoLines(const ZoneValues& values) {
  const bool is_wide = values.form == MrzForm::kTd3 || values.form == MrzForm::kMrvA;
  const std::size_t width = is_wide ? 44 : 36;
  std::vector<std::string> lines = {Filled(values.code, 2) + Filled(values.issuer, 3) + NameField(values, width - 5)};
  const std::string dates = Checked(values.birth) + values.sex + Checked(values.expires);
  const auto second = [&](const std::string& number, const std::string& behind) {
    return number + Filled(values.nationality, 3) + dates + behind;
  };
  const std::string number = Checked(Filled(values.number, 9));
  if (values.form == MrzForm::kTd2) {
    const NumberAndOptional with_rest = NumberOf(values, 7);
    const char composite = SlowCheckDigit(with_rest.number + Checked(values.birth) + Checked(values.expires) +
                                          with_rest.optional);
    lines.push_back(second(with_rest.number, with_rest.optional + composite));
  } else if (values.form == MrzForm::kTd3) {
    const std::string optional = Checked(Filled(values.optional, 14));
    const char composite = SlowCheckDigit(number + Checked(values.birth) + Checked(values.expires) + optional);
    lines.push_back(second(number, optional + composite));
  } else {
    lines.push_back(second(number, Filled(values.optional, is_wide ? 16 : 8)));
  }
  return lines;
}

inline std::vector<std::string> WriteZone(const ZoneValues& values) {
  return values.form == MrzForm::kTd1 ? WriteTd1(values) : WriteTwoLines(values);
}

inline std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

inline std::vector<MrzBlock> BlocksOf(std::string_view text) {
  MrzBlocks cutter;
  std::vector<MrzBlock> blocks;
  cutter.Add(text, blocks);
  cutter.End(blocks);
  return blocks;
}

// Of a text that is one block.
inline absl::StatusOr<MrzZone> ParseZoneText(std::string_view text, std::optional<Date> on = std::nullopt) {
  const std::vector<MrzBlock> blocks = BlocksOf(text);
  return blocks.size() == 1 ? ParseMrz(blocks.front(), on) : ParseMrz({}, on);
}

}  // namespace landfall::testing_support
