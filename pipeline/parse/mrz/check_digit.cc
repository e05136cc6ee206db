#include "pipeline/parse/mrz/check_digit.h"

#include <cstddef>

namespace landfall::mrz {
namespace {

unsigned ValueOf(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A') + 10;
  return 0;
}

}  // namespace

char CheckDigit(std::string_view text) {
  constexpr unsigned kWeights[] = {7, 3, 1};
  unsigned sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) sum += ValueOf(text[i]) * kWeights[i % 3];
  return static_cast<char>('0' + sum % 10);
}

}  // namespace landfall::mrz
