#include "pipeline/match/name/token_list.h"

#include "pipeline/match/name/word_list.h"

namespace landfall {
namespace {

constexpr WordList kTitles({"MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR"});
constexpr WordList kLeadingTitles({"MR", "MRS", "MS", "MISS", "MSTR", "DR"});
constexpr WordList kNamesInMs({"ABRAMS", "ADAMS", "HARMS", "ILHAMS", "JAMS", "SAMS", "SHAMS", "SIMMS", "SIMS", "THOMS",
                               "WILLIAMS"});
constexpr WordList kFillers({"FNU", "LNU", "UNKNOWN", "NFN", "XXX"});

// Longest first, so that MRS is not taken for MR. MS is looked at apart: names end in it.
constexpr std::string_view kGluedTitles[] = {"MISS", "MSTR", "MRS", "CHD", "INF", "MR"};
constexpr std::size_t kLeastBesideGluedTitle = 3;

std::string_view Ascii(std::string_view text, Spelling spelling, std::string& storage) {
  if (IsAscii(text)) return text;
  storage = ToAscii(text, spelling);
  return storage;
}

bool EndsBeside(std::string_view token, std::string_view title) {
  return token.size() >= title.size() + kLeastBesideGluedTitle && token.ends_with(title);
}

}  // namespace

TokenList::TokenList(std::string_view surname, std::string_view given_names, GluedTitles glued, Spelling spelling)
    : glued_titles_(glued) {
  std::string surname_ascii, given_ascii;
  surname = Ascii(surname, spelling, surname_ascii);
  given_names = Ascii(given_names, spelling, given_ascii);
  // Never grows after this, so that the tokens may point into it.
  chars_.resize(surname.size() + given_names.size());
  Split(surname);
  surname_tokens_ = tokens_.size();
  Split(given_names);
  // Given names first: of two titles the surname stays.
  DropTitles(Field::kGivenNames, surname_tokens_);
  DropTitles(Field::kSurname, 0);
}

void TokenList::Split(std::string_view text) {
  std::size_t begin = used_;
  for (const char c : text) {
    const char folded = kFold[static_cast<std::size_t>(c) & 127];
    if (folded > kVanish) {
      chars_[used_++] = folded;
    } else if (folded == kSplit) {
      EndToken(begin);
      begin = used_;
    }
  }
  EndToken(begin);
}

void TokenList::EndToken(std::size_t begin) {
  const std::string_view token(chars_.data() + begin, used_ - begin);
  if (!token.empty() && !kFillers.Contains(token)) tokens_.push_back(token);
}

// Of the field whose tokens begin at `first`; the last token of the whole name stays.
void TokenList::DropTitles(Field field, std::size_t first) {
  std::size_t end = field == Field::kSurname ? surname_tokens_ : tokens_.size();
  const auto may_drop = [&] { return end > first && tokens_.size() > 1; };
  while (may_drop() && kTitles.Contains(tokens_[end - 1])) Erase(--end, field);
  while (may_drop() && kLeadingTitles.Contains(tokens_[first])) {
    Erase(first, field);
    --end;
  }
  if (end == first || glued_titles_ == GluedTitles::kKeep) return;
  const std::string_view stripped = WithoutGluedTitle(tokens_[end - 1], field);
  dropped_glued_title_ |= stripped.size() < tokens_[end - 1].size();
  tokens_[end - 1] = stripped;
}

void TokenList::Erase(std::size_t index, Field field) {
  tokens_.erase(tokens_.begin() + static_cast<std::ptrdiff_t>(index));
  if (field == Field::kSurname) --surname_tokens_;
}

std::string_view TokenList::WithoutGluedTitle(std::string_view token, Field field) {
  for (const std::string_view title : kGluedTitles) {
    if (EndsBeside(token, title)) return token.substr(0, token.size() - title.size());
  }
  // Surnames end in MS more often than a title is glued to one.
  if (field == Field::kGivenNames && EndsBeside(token, "MS") && !kNamesInMs.Contains(token)) token.remove_suffix(2);
  return token;
}

// In place: tokens only shrink.
std::string_view TokenList::Folded(std::string_view token, bool escapes_only) {
  char* const begin = chars_.data() + (token.data() - chars_.data());
  char* out = begin;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const char c = token[i];
    const char next = i + 1 < token.size() ? token[i + 1] : '\0';
    *out++ = c;
    if ((c == 'U' || c == 'N') && token.substr(i + 1).starts_with("XX")) {
      i += 2;
    } else if (!escapes_only &&
               ((c == 'A' && (next == 'E' || next == 'A')) || ((c == 'O' || c == 'U') && next == 'E'))) {
      ++i;
    }
  }
  return {begin, static_cast<std::size_t>(out - begin)};
}

void TokenList::FoldTransliterations() {
  for (std::string_view& token : tokens_) token = Folded(token, false);
}

bool TokenList::FoldEscapes() {
  bool any = false;
  for (std::string_view& token : tokens_) {
    if (token.find("XX") == std::string_view::npos) continue;
    const std::size_t size = token.size();
    token = Folded(token, true);
    any |= token.size() < size;
  }
  return any;
}

}  // namespace landfall
