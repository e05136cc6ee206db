// What is written as NDJSON reads back as an equal message. Random messages, every field filled through the visitors of
// the model, so that a new field is covered when it is made.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "pipeline/parse/times.h"
#include "tests/support/parse_ndjson.h"

namespace landfall {
namespace {

template <typename T>
concept HasFields = requires(T& value) { T::Fields(value, [](int, std::string_view, auto&) {}); };

// Values as parsing leaves them: codes that the tables know, times that can be, no part without content.
class Filler {
 public:
  explicit Filler(unsigned seed) : random_(seed) {}

  Message NextMessage() {
    Message message;
    Fill(message);
    message.message_id = "id" + Text();
    message.flight.number = Number();
    message.flight.from = Airport();
    message.flight.to = Airport();
    for (Segment& leg : message.flight.legs) {
      leg.number = leg.number == message.flight.number ? "" : leg.number;
    }
    if (message.flight.legs.size() == 1) message.flight.legs.clear();
    if (message.sender.empty()) message.sender = "ZZ";
    SetDepartureDate(message.flight);
    for (Traveller& traveller : message.travellers) traveller.surname = "LI" + Text(kNameLetters);
    if (message.close_out == CloseOutForm::kOnBoard || message.close_out == CloseOutForm::kNotOnBoard) {
      message.close_out.reset();
    }
    return message;
  }

 private:
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  AirportCode Airport() { return AirportCode(std::array{"LOS", "LHR", "JFK", "QXX", "CDG"}[Below(5)]); }
  std::string Number() { return std::array{"ZZ1", "ZZ101A", "KE609", "U21234", "9W7"}[Below(5)]; }
  // Letters of several scripts, quotes, control characters; never blank, never with zeros first.
  static constexpr const char* kPieces[] = {"A", "b", " ", "\"", "\\", "é", "静", "😀", "/", "7", "\n", "\x01", "\x7f"};
  static constexpr std::size_t kNameLetters = 10;  // No control characters: they make a traveller unreadable.
  std::string Text(std::size_t pieces = std::size(kPieces)) {
    std::string text = "T";
    for (std::size_t i = Below(30); i > 0; --i) text += kPieces[Below(pieces)];
    return text;
  }

  // Fields whose name says what they hold.
  void Field(std::string_view name, std::string& value) {
    if (Below(4) == 0) return;
    if (name == "surname" || name == "given_names") value = "LI";
    else if (name == "carrier") value = "KE";
    else if (name == "seat") value = "21A";  // Read without zeros in front and blanks at its ends.
    else if (name == "number" && in_segment_) value = Number();
    else if (name == "marketing") value = Number();
    else value = Text();
  }
  template <typename T>
  void Field(std::string_view name, T& value) {
    if (name == "services") {
      if constexpr (std::is_same_v<T, std::vector<std::string>>) value = {"UMNR", "MAAS"};
    } else if (name == "marketing") {
      if constexpr (std::is_same_v<T, std::vector<std::string>>) value = {Number()};
    } else if (name == "replaces") {
      if constexpr (std::is_same_v<T, std::optional<FlightKey>>) {
        if (Below(2) == 0) value = FlightKey{MakeDate(2026, 11, 21), Number(), Airport(), Airport()};
      }
    } else if (name == "escort_form") {
      if constexpr (std::is_same_v<T, Boxed<EscortForm>>) {
        if (Below(2) == 0) Fill(value.emplace());
      }
    } else if (name == "stated_age" || name == "bags" || name == "seq") {
      if constexpr (std::is_integral_v<T>) value = static_cast<T>(1 + Below(100));
      else if constexpr (requires { *value + 1; }) value = static_cast<int>(Below(100));
    } else {
      Fill(value);
    }
  }

  template <HasFields T>
  void Fill(T& value) {
    const bool outer = in_segment_;
    in_segment_ = std::is_same_v<T, Segment>;
    T::Fields(value, [this](int, std::string_view name, auto& member) { Field(name, member); });
    in_segment_ = outer;
  }
  template <typename T>
  void Fill(std::optional<T>& value) {
    if (Below(3) != 0) Fill(value.emplace());
  }
  template <HasFields T>
  void Fill(Boxed<T>& value) {
    if (Below(3) == 0) return;
    Fill(value.emplace());
    if (*value == T{} && !std::is_same_v<T, MessagePart>) value.reset();
  }
  template <typename T>
  void Fill(std::vector<T>& list) {
    for (std::size_t i = Below(4); i > 0; --i) {
      T item{};
      Fill(item);
      if constexpr (requires { item.kind; item.value; }) {
        if (item.value.empty()) continue;
      }
      if (!(item == T{})) list.push_back(std::move(item));
    }
  }
  void Fill(std::string& value) { value = Text(); }
  void Fill(bool& value) { value = Below(2) == 0; }
  void Fill(double& value) { value = static_cast<double>(Below(10'000)) / 10 + 0.05; }
  void Fill(std::int32_t& value) { value = static_cast<std::int32_t>(Below(1'000)); }
  void Fill(std::int64_t& value) { value = static_cast<std::int64_t>(random_() >> 2); }
  void Fill(Instant& value) { value.seconds = 1'700'000'000 + static_cast<std::int64_t>(Below(200'000'000)); }
  void Fill(Date& value) { value.days = 20'000 + static_cast<std::int32_t>(Below(5'000)); }
  void Fill(PartialDate& value) {
    value = ToPartial(Date{static_cast<std::int32_t>(Below(20'000))});
    if (Below(3) == 0) value.day = 0;
    if (value.day == 0 && Below(2) == 0) value.month = 0;
  }
  // Airports are countries' namesakes here: SGP is both, so a code of either kind reads back.
  void Fill(FixedText<3>& value) { value = FixedText<3>(std::array{"SOM", "CHE", "ARM"}[Below(3)]); }
  void Fill(FlightKey&) {}
  template <typename E>
    requires std::is_enum_v<E>
  void Fill(E& value) { value = static_cast<E>(Below(std::size(EnumText<E>::kWords))); }

  std::mt19937 random_;
  bool in_segment_ = false;
};

// Where two long texts part, with what follows in each.
std::string FirstDifference(const std::string& a, const std::string& b) {
  if (a == b) return "";
  const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  const std::size_t from = at < 60 ? 0 : at - 60;
  return a.substr(from, 160) + "\n instead of \n" + b.substr(from, 160);
}

TEST(RoundTrip, RandomMessagesComeBackEqual) {
  const unsigned seed = 2026;
  SCOPED_TRACE(seed);
  Filler filler(seed);
  for (int i = 0; i < 2'000; ++i) {
    const Message message = filler.NextMessage();
    const std::string line = ToJson(message);
    const ParsedInput parsed = ParseLine(line);
    ASSERT_EQ(parsed.messages.size(), 1u) << line << (parsed.quarantined.empty() ? "" : parsed.quarantined[0].reason);
    ASSERT_TRUE(parsed.quarantined.empty()) << parsed.quarantined[0].reason << "\n" << line;
    ASSERT_EQ(FirstDifference(ToJson(parsed.messages[0]), line), "");
    ASSERT_EQ(parsed.messages[0], message) << line;
    ASSERT_EQ(parsed.messages[0].flight.departs_on, message.flight.departs_on);
  }
}

// Random bytes changed in a real line: never a crash, and each line gives a message or a reason. What is accepted reads
// back as it was written.
TEST(RoundTrip, DamagedLinesEndAsMessagesOrReasons) {
  const unsigned seed = 5;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  Filler filler(seed);
  int messages = 0, refused = 0;
  for (int i = 0; i < 3'000; ++i) {
    std::string line = ToJson(filler.NextMessage());
    for (unsigned changes = 1 + random() % 3; changes > 0; --changes) {
      line[random() % line.size()] = "\"{}[],:0aZ\\ \x01\xc3"[random() % 15];
    }
    const ParsedInput parsed = ParseLine(line);
    ASSERT_EQ(parsed.messages.size() + (parsed.messages.empty() ? parsed.quarantined.size() : 0), 1u) << line;
    messages += static_cast<int>(parsed.messages.size());
    refused += parsed.messages.empty() ? 1 : 0;
    if (parsed.messages.empty()) continue;
    const std::string written = ToJson(parsed.messages[0]);
    const ParsedInput again = ParseLine(written);
    ASSERT_EQ(again.messages.size(), 1u) << written;
    ASSERT_EQ(again.messages[0], parsed.messages[0]) << line;
  }
  EXPECT_GT(messages, 300);
  EXPECT_GT(refused, 300);
}

}  // namespace
}  // namespace landfall
