#include "pipeline/parse/mrz/layout.h"

namespace landfall::mrz {
namespace {

constexpr Layout kLayouts[] = {
    {.form = MrzForm::kTd1, .lines = 3, .width = 30,
     .code = {1, 1, 2}, .issuer = {1, 3, 3}, .name = {3, 1, 30},
     .number = {1, 6, 9}, .number_check = {1, 15, 1}, .nationality = {2, 16, 3},
     .birth = {2, 1, 6}, .birth_check = {2, 7, 1}, .sex = {2, 8, 1},
     .expires = {2, 9, 6}, .expires_check = {2, 15, 1},
     .optional = {1, 16, 15}, .more_optional = {2, 19, 11}, .optional_check = {},
     .composite_check = {2, 30, 1}, .composite = {{1, 6, 25}, {2, 1, 7}, {2, 9, 7}, {2, 19, 11}},
     .has_long_numbers = true},
    {.form = MrzForm::kTd2, .lines = 2, .width = 36,
     .code = {1, 1, 2}, .issuer = {1, 3, 3}, .name = {1, 6, 31},
     .number = {2, 1, 9}, .number_check = {2, 10, 1}, .nationality = {2, 11, 3},
     .birth = {2, 14, 6}, .birth_check = {2, 20, 1}, .sex = {2, 21, 1},
     .expires = {2, 22, 6}, .expires_check = {2, 28, 1},
     .optional = {2, 29, 7}, .more_optional = {}, .optional_check = {},
     .composite_check = {2, 36, 1}, .composite = {{2, 1, 10}, {2, 14, 7}, {2, 22, 14}, {}},
     .has_long_numbers = true},
    {.form = MrzForm::kTd3, .lines = 2, .width = 44,
     .code = {1, 1, 2}, .issuer = {1, 3, 3}, .name = {1, 6, 39},
     .number = {2, 1, 9}, .number_check = {2, 10, 1}, .nationality = {2, 11, 3},
     .birth = {2, 14, 6}, .birth_check = {2, 20, 1}, .sex = {2, 21, 1},
     .expires = {2, 22, 6}, .expires_check = {2, 28, 1},
     .optional = {2, 29, 14}, .more_optional = {}, .optional_check = {2, 43, 1},
     .composite_check = {2, 44, 1}, .composite = {{2, 1, 10}, {2, 14, 7}, {2, 22, 22}, {}},
     .has_long_numbers = false},
    {.form = MrzForm::kMrvA, .lines = 2, .width = 44,
     .code = {1, 1, 2}, .issuer = {1, 3, 3}, .name = {1, 6, 39},
     .number = {2, 1, 9}, .number_check = {2, 10, 1}, .nationality = {2, 11, 3},
     .birth = {2, 14, 6}, .birth_check = {2, 20, 1}, .sex = {2, 21, 1},
     .expires = {2, 22, 6}, .expires_check = {2, 28, 1},
     .optional = {2, 29, 16}, .more_optional = {}, .optional_check = {},
     .composite_check = {}, .composite = {},
     .has_long_numbers = false},
    {.form = MrzForm::kMrvB, .lines = 2, .width = 36,
     .code = {1, 1, 2}, .issuer = {1, 3, 3}, .name = {1, 6, 31},
     .number = {2, 1, 9}, .number_check = {2, 10, 1}, .nationality = {2, 11, 3},
     .birth = {2, 14, 6}, .birth_check = {2, 20, 1}, .sex = {2, 21, 1},
     .expires = {2, 22, 6}, .expires_check = {2, 28, 1},
     .optional = {2, 29, 8}, .more_optional = {}, .optional_check = {},
     .composite_check = {}, .composite = {},
     .has_long_numbers = false},
};

bool IsVisa(MrzForm form) { return form == MrzForm::kMrvA || form == MrzForm::kMrvB; }

}  // namespace

const Layout* FindLayout(std::size_t lines, std::size_t width, bool is_visa) {
  for (const Layout& layout : kLayouts) {
    // No visa has three lines: a card may begin with V.
    const bool fits_code = lines == 3 || IsVisa(layout.form) == is_visa;
    if (layout.lines == lines && layout.width == width && fits_code) return &layout;
  }
  return nullptr;
}

std::string_view TextOf(const std::vector<std::string>& lines, Span span) {
  if (span.size == 0) return {};
  return std::string_view(lines[span.line - 1u]).substr(span.column - 1u, span.size);
}

}  // namespace landfall::mrz
