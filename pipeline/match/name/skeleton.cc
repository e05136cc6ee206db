#include "pipeline/match/name/skeleton.h"

#include <cstddef>

namespace landfall {
namespace {

struct Cluster {
  std::string_view letters;
  char written;
};
// Longest first.
constexpr Cluster kClusters[] = {
    {"SHCH", 'S'}, {"TSCH", 'S'}, {"SCH", 'S'}, {"TCH", 'S'}, {"SH", 'S'}, {"CH", 'S'}, {"ZH", 'S'},
    {"CZ", 'S'},   {"SZ", 'S'},   {"TS", 'S'},  {"TZ", 'S'},  {"KH", 'K'}, {"CK", 'K'}, {"QU", 'K'},
    {"PH", 'F'},   {"TH", 'T'},   {"DH", 'D'},  {"GH", 'G'},
};

const Cluster* ClusterAt(std::string_view rest) {
  for (const Cluster& cluster : kClusters) {
    if (rest.starts_with(cluster.letters)) return &cluster;
  }
  return nullptr;
}

bool MayBeginCluster(char c) {
  switch (c) {
    case 'S': case 'T': case 'C': case 'Z': case 'K': case 'Q': case 'P': case 'D': case 'G': return true;
    default: return false;
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
    const Cluster* const cluster = MayBeginCluster(c) ? ClusterAt(token.substr(i)) : nullptr;
    if (cluster != nullptr) {
      writer.Take(cluster->written);
      i += cluster->letters.size();
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
