#pragma once

// One booking of a PNRGOV message: SRC and the segments up to the next.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/message.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// Reads who travels first, then what is said of them: a service request may name a traveller who is listed behind it. What
// the mission has no use for (fares, tickets, loyalty numbers, remarks, meals, health) is passed over.
class PnrGroup {
 public:
  // `flight` is the one the message is about; `travellers_before` how many the message listed before this booking.
  PnrGroup(const Tokens& tokens, const Configuration& configuration, const Flight& flight, std::size_t travellers_before,
           std::vector<Finding>& findings)
      : tokens_(tokens), configuration_(configuration), flight_(flight), travellers_before_(travellers_before),
        findings_(findings) {}

  struct Person {
    Traveller traveller;
    std::size_t segment = 0;  // Where it is first listed.
    std::string name;         // In findings: the reference, else "#" and its number.
    std::string listed_name;  // By which check-in and documents may find it.
    Code ref;                 // Within this booking, without leading zeros.
    Booking own;              // What is said of this traveller's part of the booking.
    bool is_infant = false;
    std::optional<QuarantineCode> problem;
    std::string reason;
  };
  // The segments [first, last) behind SRC. Everybody the booking lists, in order of listing: infants that only a service
  // request or a parent's name tells of come last. `problem` says why one cannot be used.
  std::vector<Person> Read(std::size_t first, std::size_t last);

  // Numbers of code-share partners under which somebody is booked on the flight.
  const std::vector<std::string>& marketing() const { return marketing_; }

 private:
  enum class Stage { kBooking, kTravellers, kSegments, kSplit };
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);
  // An infant as a service request or a parent's name tells of it; it may be listed, too.
  struct Infant {
    Traveller traveller;
    std::size_t parent = kNobody;
    std::size_t segment = 0;
  };

  const Tokens::Segment& At(std::size_t index) const { return tokens_.segments()[index]; }
  FindingPlace Place(std::size_t person, std::string_view field, std::string_view parent = {}) const;
  // A text that is kept, card numbers in it masked.
  std::string Text(const Tokens::Segment& segment, std::size_t element, std::size_t component, const FindingPlace& place) const;
  std::string ShortText(const Tokens::Segment& segment, std::size_t element, std::size_t component, const FindingPlace& place) const;
  std::string Joined(const Tokens::Segment& segment, std::size_t first_element, const FindingPlace& place) const;

  // Who travels.
  std::size_t EndOfBooking(std::size_t first, std::size_t last) const;
  void ListPeople(std::size_t first, std::size_t last);
  void ListTif(std::size_t index);
  void AddPerson(std::size_t index, std::size_t element, const std::string& surname);
  std::string TakeInfantFromName(std::string given_names, std::size_t index, const std::string& surname);
  void SetFare(Code type, std::size_t person);
  std::size_t FindListed(const Tokens::Segment& tif) const;
  std::size_t FindName(std::string_view listed_name) const;
  std::size_t Known() const;  // How many are looked up.

  // What is said of them.
  void ReadSegments(std::size_t first, std::size_t last);
  void ReadSegmentAt(std::size_t index);
  void ReadLocators(const Tokens::Segment& rci);
  void ReadDates(const Tokens::Segment& dat);
  void ReadOffice(const Tokens::Segment& org);
  void ReadAddress(const Tokens::Segment& add);
  std::string KeyOf(std::string_view card_number) const;
  void ReadPayment(const Tokens::Segment& fop);
  void ReadFreeText(const Tokens::Segment& segment);
  void UseFreeText(std::string text, const std::vector<std::size_t>& owners);
  void ReadStage(const Tokens::Segment& tvl);
  void ReadStatus(const Tokens::Segment& rpi);
  void ReadCheckedSeat(const Tokens::Segment& ssd);
  void ReadBags(const Tokens::Segment& tbd);
  void ReadService(std::size_t index);
  void ReadSeats(const Tokens::Segment& ssr);
  void ReadPersonalService(std::string_view code, std::string_view text, std::size_t index,
                           const std::vector<std::size_t>& owners);
  void UseDocs(std::string_view text, std::size_t index, const std::vector<std::size_t>& owners);
  void AddService(std::string_view code, const std::vector<std::size_t>& owners);
  std::vector<std::size_t> OwnersOf(const Tokens::Segment& ssr);
  std::vector<std::size_t> Everybody() const;
  std::size_t FindRef(Code ref) const;
  void SetSeat(std::size_t person, AirportCode from, AirportCode to, std::string_view seat);
  void AddContact(Contact contact, const std::vector<std::size_t>& owners);

  // What only all of it tells.
  void PlaceForms();
  void PlaceInfants();
  std::size_t FindInfant(const Infant& infant) const;
  void DeriveTrip();
  void Finish();
  void Judge(Person& person) const;

  const Tokens& tokens_;
  const Configuration& configuration_;
  const Flight& flight_;
  std::size_t travellers_before_;
  std::vector<Finding>& findings_;

  std::vector<Person> people_;
  std::vector<std::pair<std::size_t, std::size_t>> listed_at_;  // Segment of a TIF, and whom it names.
  std::vector<Infant> infants_;
  std::vector<std::pair<EscortForm, std::vector<std::size_t>>> forms_;  // And under whom they are filed.
  Booking booking_;
  std::vector<Contact> contacts_;       // Of the booking: everybody's.
  std::vector<std::string> marketing_;
  Stage stage_ = Stage::kBooking;
  std::size_t current_ = kNobody;       // Whom the latest TIF names.
  AirportCode from_, to_;               // Of the latest stage.
  bool stage_is_open_ = false;          // RPI and the like belong to the latest stage.
};

}  // namespace landfall::edifact
