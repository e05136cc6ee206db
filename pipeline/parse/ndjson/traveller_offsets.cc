#include "pipeline/parse/ndjson/traveller_offsets.h"

namespace landfall {
namespace {

// The places in a line that a JSON parser turns on: brackets, commas, colons, and where values begin.
class Structurals {
 public:
  Structurals(const simdjson::dom::parser& parser, std::string_view line)
      : indexes_(parser.implementation->structural_indexes.get()),
        size_(parser.implementation->n_structural_indexes),
        line_(line) {}

  std::size_t size() const { return size_; }
  std::uint32_t OffsetOf(std::size_t i) const { return indexes_[i]; }
  char At(std::size_t i) const { return indexes_[i] < line_.size() ? line_[indexes_[i]] : '\0'; }
  bool BeginsWith(std::size_t i, std::string_view text) const {
    return indexes_[i] < line_.size() && line_.substr(indexes_[i], text.size()) == text;
  }
  // What `i` adds to the depth.
  int Step(std::size_t i) const {
    const char c = At(i);
    return c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
  }

 private:
  const std::uint32_t* indexes_;
  std::size_t size_;
  std::string_view line_;
};

// Of the bracket that opens the list of travellers; size() if there is none.
std::size_t FindList(const Structurals& places) {
  int depth = 0;
  for (std::size_t i = 0; i + 2 < places.size(); ++i) {
    if (depth == 1 && places.At(i + 2) == '[' && places.BeginsWith(i, "\"travellers\"") && places.At(i + 1) == ':') {
      return i + 2;
    }
    depth += places.Step(i);
  }
  return places.size();
}

}  // namespace

std::vector<std::uint32_t> TravellerOffsets(const simdjson::dom::parser& parser, std::string_view line) {
  const Structurals places(parser, line);
  std::vector<std::uint32_t> offsets;
  int depth = 1;  // Inside the list.
  for (std::size_t i = FindList(places) + 1; i < places.size() && depth > 0; ++i) {
    const bool begins = depth == 1 && places.At(i) != ',' && places.At(i) != ']';
    if (begins) offsets.push_back(places.OffsetOf(i));
    depth += places.Step(i);
  }
  return offsets;
}

}  // namespace landfall
