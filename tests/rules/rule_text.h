#pragma once

// What the tests of rules share: profiles made around one condition, diagnostics as lines.

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "rules/profile.h"

namespace landfall::rules {

// A profile of one rule with this condition, in line 16. Everything protected is justified.
inline std::string ProfileWith(std::string_view when, std::string_view blocks = "",
                               std::string_view level = "passenger") {
  return "profile p \"P\" version 1\n" + std::string(blocks) + "\nrule R-1 \"r\"\n  level " +
         std::string(level) +
         "\n  severity low\n  points 1\n  source \"s\"\n  fairness \"f\"\n  review_by 2027-01-01\n "
         " why \"w\"\n"
         "  justify age: \"j\"\n  justify sex: \"j\"\n  justify nationality: \"j\"\n"
         "  justify nationality-proxy: \"j\"\n  when\n    " +
         std::string(when) + "\n";
}
inline constexpr int kConditionLine = 16;  // Where `blocks` is empty.

// "5 message" for each: the column and what is said.
inline std::vector<std::string> Messages(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> messages;
  for (const Diagnostic& diagnostic : diagnostics) {
    messages.push_back(std::to_string(diagnostic.position.column) + " " + diagnostic.message);
  }
  return messages;
}

inline std::vector<std::string> MessagesOfCondition(std::string_view when) {
  return Messages(LoadProfile(ProfileWith(when), nullptr).diagnostics);
}

// The text of a file; empty if there is none.
inline std::string ReadTestFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline ListReader FolderReader(std::string folder) {
  return [folder](std::string_view path) -> absl::StatusOr<std::string> {
    std::ifstream file(folder + "/" + std::string(path));
    if (!file) return absl::NotFoundError("no such file");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  };
}

}  // namespace landfall::rules
