#pragma once

// Where each field stands in each form: the tables of ICAO Doc 9303 parts 4 to 7.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/parse/mrz/mrz.h"

namespace landfall::mrz {

// Characters of one line; line and column count from 1, as in the standard. Of size 0: the form has no such field.
struct Span {
  std::uint8_t line = 0;
  std::uint8_t column = 0;
  std::uint8_t size = 0;
};

struct Layout {
  MrzForm form;
  std::size_t lines;
  std::size_t width;
  Span code, issuer, name;
  Span number, number_check;
  Span nationality;
  Span birth, birth_check;
  Span sex;
  Span expires, expires_check;
  Span optional, more_optional, optional_check;
  Span composite_check;
  Span composite[4];  // What the composite digit is over, in this order.
  // A number of more than nine characters goes on in the optional field, its check digit behind it.
  bool has_long_numbers;
};

// The form of a zone of so many lines of one width; V begins a visa. nullptr if there is none.
const Layout* FindLayout(std::size_t lines, std::size_t width, bool is_visa);

// Valid while the lines are.
std::string_view TextOf(const std::vector<std::string>& lines, Span span);

}  // namespace landfall::mrz
