#include "pipeline/match/name/name_form.h"

#include <algorithm>
#include <utility>

#include "pipeline/match/name/token_list.h"
#include "pipeline/match/name/word_list.h"

namespace landfall {

void NameForm::Add(std::string_view token) {
  text_ += token;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void NameForm::Seal() {
  counts_.resize(size());
  for (std::size_t i = 0; i < size(); ++i) counts_[i] = !kParticles.Contains(token(i));
  counted_ = static_cast<std::size_t>(std::count(counts_.begin(), counts_.end(), true));
  if (counted_ > 0) return;
  std::fill(counts_.begin(), counts_.end(), true);
  counted_ = size();
}

namespace {

void AddForm(const TokenList& tokens, NameForms& forms) {
  NameForm form;
  for (const std::string_view token : tokens.all()) {
    if (!token.empty()) form.Add(token);
  }
  if (form.size() == 0 || std::find(forms.begin(), forms.end(), form) != forms.end()) return;
  form.Seal();
  forms.push_back(std::move(form));
}

void AddForms(std::string_view surname, std::string_view given_names, Spelling spelling, NameForms& forms) {
  TokenList tokens(surname, given_names, GluedTitles::kDrop, spelling);
  AddForm(tokens, forms);
  const bool glued = tokens.dropped_glued_title();
  if (tokens.FoldEscapes()) AddForm(tokens, forms);
  if (!glued) return;
  TokenList as_sent(surname, given_names, GluedTitles::kKeep, spelling);
  AddForm(as_sent, forms);
  if (as_sent.FoldEscapes()) AddForm(as_sent, forms);
}

}  // namespace

NameForms FormsOf(std::string_view surname, std::string_view given_names) {
  NameForms forms;
  AddForms(surname, given_names, Spelling::kPlain, forms);
  if (IsAscii(surname) && IsAscii(given_names)) return forms;
  AddForms(surname, given_names, Spelling::kIcao, forms);
  if (HasCyrillic(surname) || HasCyrillic(given_names)) AddForms(surname, given_names, Spelling::kSlavic, forms);
  return forms;
}

bool MayBeCut(std::string_view surname, std::string_view given_names) {
  constexpr std::size_t kFieldSizes[] = {39, 31, 30};
  // Surname and given names stand with two fillers between them.
  const std::size_t size = surname.size() + given_names.size() + (surname.empty() || given_names.empty() ? 0 : 2);
  return std::find(std::begin(kFieldSizes), std::end(kFieldSizes), size) != std::end(kFieldSizes) &&
         IsAscii(surname) && IsAscii(given_names);
}

}  // namespace landfall
