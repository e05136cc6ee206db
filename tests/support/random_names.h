#pragma once

// People who do not exist, with names as border lists have them, and the errors that names and dates suffer on the way.
// Everything is a function of the seed.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "model/reference_records.h"

namespace landfall::testing_support {

class NameWorld {
 public:
  // `tokens`: how many invented tokens there are beside the common names.
  NameWorld(std::uint64_t seed, std::size_t tokens);

  WatchEntry MakeEntry(std::size_t number);
  WatchName MakeName();
  PartialDate MakeBirthDate();

  // A name with one error of a kind.
  enum class Error : std::uint8_t { kNone, kTypo, kTwoTypos, kTransliteration, kTruncation, kSwap, kJoin, kNickname, kInitial, kDropped };
  static constexpr std::size_t kErrors = 10;
  WatchName Altered(const WatchName& name, Error error);
  PartialDate AlteredDate(PartialDate date);

  std::mt19937_64& random() { return random_; }
  std::size_t Pick(std::size_t count) { return count == 0 ? 0 : random_() % count; }

 private:
  std::string MakeToken();
  const std::string& PickToken();
  std::string Typo(std::string text);

  std::mt19937_64 random_;
  std::vector<std::string> tokens_;  // The commonest first.
};

}  // namespace landfall::testing_support
