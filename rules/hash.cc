#include <map>
#include <set>
#include <string>

#include "model/digest.h"
#include "model/json_writer.h"
#include "rules/profile.h"
#include "rules/usage.h"
#include "rules/why_text.h"

namespace landfall::rules {
namespace {

void AppendParameters(const Profile& profile, std::string& text) {
  const ProfileParameters& p = profile.parameters;
  const auto add = [&](std::string_view name, std::int64_t value) {
    text += std::string(name) + " " + std::to_string(value) + "\n";
  };
  add("consider_from", p.consider_from);
  add("meet_from", p.meet_from);
  add("match_review", p.match_review);
  add("match_strong", p.match_strong);
  add("foster_age", p.foster_age);
  add("foster_age_disabled", p.foster_age_disabled);
  add("foster_days", p.foster_days);
  add("split_hours", p.split_hours);
  text += "sample_share ";
  if (p.sample_share == ProfileParameters().sample_share || profile.sample_share.empty()) {
    AppendJsonNumber(p.sample_share, text);
  } else {
    text += profile.sample_share;
  }
  text += "\n";
}

void AppendLists(const Profile& profile, std::string& text) {
  std::map<std::string_view, std::set<std::string_view>> lists;
  for (const ListDefinition& list : profile.lists) {
    lists[list.name].insert(list.values.begin(), list.values.end());
  }
  for (const auto& [name, values] : lists) {
    text += "@" + std::string(name) + "\n";
    for (const std::string_view value : values) text += std::string(value) + "\n";
  }
}

// Facts of conditions and of `why` sentences.
std::set<FactId> FactsOf(const Profile& profile) {
  std::set<FactId> facts;
  const std::vector<Usage> defines = UsageOfDefines(profile);
  for (const Usage& usage : defines) facts.insert(usage.facts.begin(), usage.facts.end());
  for (const Rule& rule : profile.rules) {
    const Usage usage = UsageOf(rule, defines);
    facts.insert(usage.facts.begin(), usage.facts.end());
    for (const WhyPart& part : SplitWhy(rule.why).value_or(std::vector<WhyPart>())) {
      if (part.fact) facts.insert(*part.fact);
    }
  }
  return facts;
}

void AppendFacts(const Profile& profile, std::string& text) {
  for (const FactId id : FactsOf(profile)) {
    const FactInfo& fact = Info(id);
    text += std::string(fact.name) + "|" + fact.type_text + "|" + (fact.nullable ? "?" : "-") +
            "|" + std::string(fact.protection) + "|" + std::string(fact.source) + "\n";
  }
}

}  // namespace

std::string ProfileHash(const Profile& profile) {
  std::string text = "landfall-profile-2\n";
  if (!profile.extends.empty()) text += "extends " + profile.extends + " " + profile.base_hash + "\n";
  text += CanonicalText(profile, /*with_comments=*/false);
  AppendParameters(profile, text);
  AppendLists(profile, text);
  AppendFacts(profile, text);
  return Sha256Hex(text);
}

}  // namespace landfall::rules
