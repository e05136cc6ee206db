#pragma once

// A name as the matcher sees it: tokens, particles and joins, in each spelling that is worth a look.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"

namespace landfall {

// One spelling of a name. Its tokens stand in the order sent, surname first, run together in one text: so a join of
// adjacent tokens is a part of that text. A token counts unless it is a particle beside tokens that are none.
class NameForm {
 public:
  void Add(std::string_view token);
  // Decides which tokens count. Call once, after the last Add.
  void Seal();

  std::size_t size() const { return ends_.size(); }
  // How many tokens count: n of the predicate.
  std::size_t counted() const { return counted_; }
  bool Counts(std::size_t i) const { return counts_[i]; }
  std::string_view token(std::size_t i) const { return Join(i, 1); }
  // `count` adjacent tokens run together, beginning with token i.
  std::string_view Join(std::size_t i, std::size_t count) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(begin, ends_[i + count - 1] - begin);
  }

  friend bool operator==(const NameForm& a, const NameForm& b) { return a.ends_ == b.ends_ && a.text_ == b.text_; }

 private:
  std::string text_;
  absl::InlinedVector<std::uint32_t, 8> ends_;
  absl::InlinedVector<bool, 8> counts_;
  std::size_t counted_ = 0;
};

using NameForms = absl::InlinedVector<NameForm, 1>;

// The spellings of a name, the plain one first, no two equal; none without a token. More than one for letters that are
// written in several ways (ICAO 9303 part 3 section 6 and Slavic usage), for the escapes UXX and NXX, and for a name
// that ends like a glued title, which may be its own. Titles and fillers are dropped (see name_key.h). Any thread.
NameForms FormsOf(std::string_view surname, std::string_view given_names);

// True if the name fills the name field of a travel document (39, 31 or 30 characters) to its last place, so that it may
// have been cut there: its last token may then be the beginning of one. Source: ICAO 9303 parts 4 to 6.
bool MayBeCut(std::string_view surname, std::string_view given_names);

}  // namespace landfall
