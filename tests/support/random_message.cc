#include "tests/support/random_message.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/strings/str_format.h"

namespace landfall {
namespace {

class Filler {
 public:
  Filler(RandomEngine& random, const RandomMessageOptions& options) : random_(random), options_(options) {}

  // Fills all that T's visitor shows.
  template <typename T>
  void Struct(T& value) {
    T::Fields(value, [this](int, std::string_view, auto& member) { this->Fill(member); });
  }

  void Fill(bool& value) { value = Coin(); }
  void Fill(double& value) { value = std::uniform_real_distribution<double>(-1e6, 1e6)(random_); }
  void Fill(std::string& text) { text = Text(); }
  void Fill(Date& date) { date.days = static_cast<std::int32_t>(Below(60000)) - 20000; }
  void Fill(Instant& instant) { Fill(instant.seconds); }
  void Fill(PartialDate& date) {
    date.year = static_cast<std::int16_t>(1 + Below(9999));
    date.month = static_cast<std::uint8_t>(Below(13));
    date.day = date.month == 0 ? 0 : static_cast<std::uint8_t>(Below(32));
  }
  template <std::size_t N>
  void Fill(FixedText<N>& text) {
    std::string letters(Below(N + 1), 'A');
    for (char& c : letters) c = static_cast<char>('A' + Below(26));
    text = FixedText<N>(letters);
  }
  void Fill(FlightKey& key) {
    Fill(key.departs_on);
    Fill(key.number);
    Fill(key.from);
    Fill(key.to);
  }
  void Fill(SourcePosition& position) {
    Fill(position.file);
    Fill(position.offset);
    Fill(position.line);
  }
  void Fill(Term& term) {
    ++depth_;
    Struct(term);
    --depth_;
  }
  template <typename T>
  void Fill(std::optional<T>& value) {
    value.reset();
    if (Coin()) Fill(value.emplace());
  }
  template <typename T>
  void Fill(Boxed<T>& value) {
    value.reset();
    if (Coin()) Fill(value.emplace());
  }
  template <typename T>
  void Fill(std::vector<T>& list) {
    constexpr bool is_deep = std::is_same_v<T, Term>;
    list.resize(is_deep && depth_ > 3 ? 0 : Below(4));
    for (T& element : list) Fill(element);
  }
  template <typename T>
  void Fill(T& value) {
    if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(Below(std::size(EnumText<T>::kWords)));
    } else if constexpr (std::is_integral_v<T>) {
      value = Integer<T>();
    } else {
      Struct(value);
    }
  }

  std::uint64_t Below(std::uint64_t limit) { return std::uniform_int_distribution<std::uint64_t>(0, limit - 1)(random_); }
  bool Coin() { return Below(2) == 1; }

 private:
  // Small ones often, and the ends of the range, where codecs break.
  template <typename T>
  T Integer() {
    switch (Below(6)) {
      case 0: return std::numeric_limits<T>::min();
      case 1: return std::numeric_limits<T>::max();
      case 2: return static_cast<T>(random_());
      default: return static_cast<T>(Below(300));
    }
  }

  std::string Text() {
    std::string text;
    // Now and then longer than one byte of length can say.
    const std::uint64_t size = Below(12) == 0 ? Below(400) : Below(12);
    for (std::uint64_t i = 0; i < size + (options_.plain_text ? 1 : 0); ++i) {
      text.push_back(options_.plain_text ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[Below(36)] : static_cast<char>(Below(256)));
    }
    return text;
  }

  RandomEngine& random_;
  const RandomMessageOptions& options_;
  int depth_ = 0;
};

constexpr std::string_view kSurnames[] = {"ADAMU", "BRENNICK", "CASTELLO", "DORVAL", "EZEKIA", "FENWICKE"};
constexpr std::string_view kGivenNames[] = {"AMINA ROSE", "BASIL", "CORA", "DANIIL PETR", "ESME", "FARAI"};

Traveller TypicalTraveller(std::uint64_t number, int place) {
  const std::uint64_t mix = number * 7919 + static_cast<std::uint64_t>(place);
  Traveller traveller;
  traveller.ref = absl::StrFormat("%d", place + 1);
  traveller.surname = kSurnames[mix % std::size(kSurnames)];
  traveller.given_names = kGivenNames[mix / 6 % std::size(kGivenNames)];
  traveller.date_of_birth = PartialDate{static_cast<std::int16_t>(1950 + mix % 70), 3, 14};
  traveller.sex = mix % 2 == 0 ? Sex::kF : Sex::kM;
  traveller.nationality = CountryCode("UTO");
  traveller.documents.push_back({"P", absl::StrFormat("X%08d", mix % 100000000), CountryCode("UTO"), Date{21500}, {}, ""});
  traveller.booking = Booking{.locator = absl::StrFormat("LF%04X", mix / 2 % 65536), .booked_at = Instant{1790000000}};
  traveller.seat = absl::StrFormat("%d%c", place / 6 + 1, "ABCDEF"[place % 6]);
  traveller.bags = static_cast<std::int32_t>(mix % 3);
  traveller.clearance = AirportCode("LHR");
  traveller.journey = {AirportCode("LOS"), AirportCode("LHR")};
  if (mix % 10 == 0) traveller.services.emplace_back("UMNR");
  traveller.offset = static_cast<std::uint64_t>(place) * 420;
  return traveller;
}

}  // namespace

Message RandomMessage(RandomEngine& random, const RandomMessageOptions& options) {
  Filler filler(random, options);
  Message message;
  filler.Struct(message);
  message.travellers.resize(filler.Below(static_cast<std::uint64_t>(options.max_travellers) + 1));
  for (Traveller& traveller : message.travellers) {
    filler.Struct(traveller);
    filler.Fill(traveller.offset);
  }
  filler.Fill(message.flight.departs_on);
  filler.Fill(message.position);
  filler.Fill(message.findings);
  filler.Fill(message.set_aside);
  return message;
}

FlightFlag RandomFlag(RandomEngine& random) {
  FlightFlag flag;
  const RandomMessageOptions options;
  Filler(random, options).Struct(flag);
  return flag;
}

QuarantinedRecord RandomQuarantined(RandomEngine& random) {
  QuarantinedRecord record;
  const RandomMessageOptions options;
  Filler(random, options).Struct(record);
  return record;
}

Message TypicalMessage(std::uint64_t number, int travellers) {
  Message message;
  message.message_id = absl::StrFormat("ZZ-%012d-1", number);
  message.sender = "ZZ";
  message.sent_at = Instant{1795000000 + static_cast<std::int64_t>(number)};
  message.carrier = "ZZ";
  message.kind = MessageKind::kCheckIn;
  message.revision = 1;
  message.declared.passengers = travellers;
  message.flight.number = absl::StrFormat("ZZ%d", 100 + number % 900);
  message.flight.from = AirportCode("LOS");
  message.flight.to = AirportCode("LHR");
  message.flight.departs_on = Date{20770 + static_cast<std::int32_t>(number / 900)};
  message.flight.departs_at = Instant{std::int64_t{message.flight.departs_on.days} * 86400 + 36000};
  message.flight.arrives_at = Instant{message.flight.departs_at.seconds + 23400};
  message.position = {"feed/day.ndjson", number * 90000, number + 1};
  for (int place = 0; place < travellers; ++place) message.travellers.push_back(TypicalTraveller(number, place));
  return message;
}

}  // namespace landfall
