#include "pipeline/match/name/skeleton.h"

#include <cstddef>

namespace landfall {
namespace {

struct Cluster {
  char written = 0;
  std::size_t size = 0;  // 0: no cluster.
};

// The longest cluster that the text begins with. Called for every letter of a list, so without a table of texts.
Cluster ClusterAt(std::string_view text) {
  const auto at = [text](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  const char second = at(1);
  switch (text.front()) {
    case 'S':
      if (second == 'H') return at(2) == 'C' && at(3) == 'H' ? Cluster{'S', 4} : Cluster{'S', 2};
      if (second == 'C' && at(2) == 'H') return {'S', 3};
      return second == 'Z' ? Cluster{'S', 2} : Cluster{};
    case 'T':
      if (second == 'S') return at(2) == 'C' && at(3) == 'H' ? Cluster{'S', 4} : Cluster{'S', 2};
      if (second == 'C' && at(2) == 'H') return {'S', 3};
      if (second == 'Z') return {'S', 2};
      return second == 'H' ? Cluster{'T', 2} : Cluster{};
    case 'C':
      if (second == 'H' || second == 'Z') return {'S', 2};
      return second == 'K' ? Cluster{'K', 2} : Cluster{};
    case 'Z': return second == 'H' ? Cluster{'S', 2} : Cluster{};
    case 'K': return second == 'H' ? Cluster{'K', 2} : Cluster{};
    case 'Q': return second == 'U' ? Cluster{'K', 2} : Cluster{};
    case 'P': return second == 'H' ? Cluster{'F', 2} : Cluster{};
    case 'D': return second == 'H' ? Cluster{'D', 2} : Cluster{};
    case 'G': return second == 'H' ? Cluster{'G', 2} : Cluster{};
    default: return {};
  }
}

char Written(char c) {
  switch (c) {
    case 'C': case 'Q': return 'K';
    case 'W': return 'V';
    case 'Z': return 'S';
    case 'J': return 'Y';
    default: return c;
  }
}

bool IsVowelOrY(char c) {
  switch (c) {
    case 'A': case 'E': case 'I': case 'O': case 'U': case 'Y': return true;
    default: return false;
  }
}

// Takes letters as they are written, and keeps what belongs to the skeleton.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void Take(char c) {
    const bool first = !begun_;
    begun_ = true;
    if (IsVowelOrY(c)) {
      if (first) Keep('A');
    } else if (c != 'H' || first) {
      Keep(c);
    }
  }

 private:
  void Keep(char c) {
    if (out_.empty() || out_.back() != c) out_ += c;
  }

  std::string& out_;
  bool begun_ = false;
};

}  // namespace

std::string SkeletonOf(std::string_view token) {
  constexpr std::size_t kLeastLetters = 3, kLeastSkeleton = 2;
  std::string skeleton;
  if (token.size() < kLeastLetters) return skeleton;
  Writer writer(skeleton);
  for (std::size_t i = 0; i < token.size();) {
    const char c = token[i];
    if (const Cluster cluster = ClusterAt(token.substr(i)); cluster.size > 0) {
      writer.Take(cluster.written);
      i += cluster.size;
      continue;
    }
    if (c == 'X') writer.Take('K');
    writer.Take(c == 'X' ? 'S' : Written(c));
    ++i;
  }
  if (skeleton.size() < kLeastSkeleton) skeleton.clear();
  return skeleton;
}

}  // namespace landfall
