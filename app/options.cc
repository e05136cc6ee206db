#include "app/options.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/exit_code.h"
#include "model/result.h"

namespace landfall::app {
namespace {

const OptionSpec* Find(const CommandSpec& command, std::string_view name) {
  const auto it = std::find_if(command.options.begin(), command.options.end(),
                               [name](const OptionSpec& option) { return option.name == name; });
  return it == command.options.end() ? nullptr : &*it;
}

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

absl::Status Wrong(std::string text) { return absl::InvalidArgumentError(text + " (see --help)"); }

}  // namespace

std::string ParsedOptions::Get(std::string_view name, std::string_view otherwise) const {
  const auto it = values.find(name);
  return it == values.end() ? std::string(otherwise) : it->second.back();
}

std::vector<std::string> ParsedOptions::All(std::string_view name) const {
  const auto it = values.find(name);
  return it == values.end() ? std::vector<std::string>() : it->second;
}

absl::StatusOr<ParsedOptions> ParseOptions(const CommandSpec& command, std::span<const std::string> arguments) {
  ParsedOptions parsed;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      parsed.positional.insert(parsed.positional.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                               arguments.end());
      break;
    }
    if (argument == "--help" || argument == "-h") {
      parsed.help = true;
      continue;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      parsed.positional.push_back(argument);
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const OptionSpec* const option = Find(command, name);
    if (option == nullptr) return Wrong(absl::StrFormat("unknown option %s", name));
    if (parsed.Has(name) && !option->repeatable) return Wrong(absl::StrFormat("%s was given twice", name));
    std::string value;
    if (option->value.empty()) {
      if (equals != std::string::npos) return Wrong(absl::StrFormat("%s takes no value", name));
    } else if (equals != std::string::npos) {
      value = argument.substr(equals + 1);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    } else {
      return Wrong(absl::StrFormat("%s needs a value: %s", name, std::string(option->value)));
    }
    parsed.values[name].push_back(std::move(value));
  }
  return parsed;
}

std::string HelpText(const CommandSpec& command) {
  std::string text = absl::StrFormat("%s\n\n%s\n\nOptions\n", std::string(command.usage), std::string(command.summary));
  for (const OptionSpec& option : command.options) {
    const std::string left = std::string(option.name) + (option.value.empty() ? "" : " ") + std::string(option.value);
    absl::StrAppendFormat(&text, "  %-20s %s%s\n", left, std::string(option.help),
                          option.repeatable ? " (repeatable)" : "");
  }
  absl::StrAppendFormat(&text, "  %-20s %s\n\nExample\n  %s\n", "--help", "this text", std::string(command.example));
  return text;
}

OptionsOrExit ParseOrExplain(const CommandSpec& command, std::span<const std::string> arguments) {
  absl::StatusOr<ParsedOptions> parsed = ParseOptions(command, arguments);
  if (!parsed.ok()) {
    std::fprintf(stderr, "landfall: %s\n", std::string(parsed.status().message()).c_str());
    return {std::nullopt, kWrongUsage};
  }
  if (parsed->help) {
    std::fputs(HelpText(command).c_str(), stdout);
    return {std::nullopt, kDone};
  }
  return {*std::move(parsed), kDone};
}

absl::StatusOr<std::int64_t> IntegerOption(const ParsedOptions& options, std::string_view name, std::int64_t otherwise,
                                           std::int64_t least, std::int64_t most) {
  if (!options.Has(name)) return otherwise;
  const std::string text = options.Get(name);
  const std::optional<std::int64_t> number = ParseInteger(text);
  if (!number || *number < least || *number > most) {
    return Wrong(absl::StrFormat("%s is a whole number from %d to %d, not '%s'", std::string(name), least, most, text));
  }
  return *number;
}

absl::StatusOr<std::string> FormatOption(const ParsedOptions& options, std::span<const std::string_view> formats) {
  std::string format = options.Get("--format", "table");
  if (std::find(formats.begin(), formats.end(), format) != formats.end()) return format;
  std::string words(formats.front());
  for (std::size_t i = 1; i < formats.size(); ++i) {
    words += i + 1 == formats.size() ? " or " : ", ";
    words += formats[i];
  }
  return absl::InvalidArgumentError(absl::StrFormat("--format is %s, not '%s'", words, format));
}

absl::StatusOr<int> ThreadsOption(const ParsedOptions& options) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  ASSIGN_OR_RETURN(const std::int64_t threads, IntegerOption(options, "--threads", cores, 1, 256));
  return static_cast<int>(threads);
}

absl::StatusOr<FailOn> FailOn::From(const ParsedOptions& options) {
  static constexpr std::string_view kKnown[] = {"quarantined", "findings", "flagged", "undecided", "warnings"};
  FailOn fail_on;
  for (const std::string& text : options.All("--fail-on")) {
    const std::size_t equals = text.find('=');
    const std::string what = text.substr(0, equals);
    if (std::find(std::begin(kKnown), std::end(kKnown), what) == std::end(kKnown)) {
      return Wrong(absl::StrFormat("--fail-on knows quarantined, findings, flagged, undecided and warnings, not '%s'", what));
    }
    const std::optional<std::int64_t> allowed =
        equals == std::string::npos ? std::optional<std::int64_t>(0) : ParseInteger(text.substr(equals + 1));
    if (!allowed || *allowed < 0) return Wrong(absl::StrFormat("--fail-on %s=N: N is a whole number", what));
    fail_on.allowed_[what] = static_cast<std::uint64_t>(*allowed);
  }
  return fail_on;
}

bool FailOn::IsMet(const std::map<std::string, std::uint64_t, std::less<>>& counted) const {
  return std::any_of(allowed_.begin(), allowed_.end(), [&](const auto& entry) {
    const auto it = counted.find(entry.first);
    return it != counted.end() && it->second > entry.second;
  });
}

}  // namespace landfall::app
