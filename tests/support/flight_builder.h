#pragma once

// A small language for tests of facts: a flight told in messages, records beside it, and what its facts then say.
//
//   FlightBuilder flight;
//   flight.Record(ReferenceKind::kVignettes, R"({"vignette":"VG1",...})");
//   flight.CheckIn({Person("1").Named("QUILL", "ORLA").Born("2014-03-02"), Person("2").Named("QUILL", "ADA")});
//   EXPECT_EQ(flight.Facts().Of("1", "visa.result"), "ok");
//
// Messages are read by the parser and folded by merge; records go through the snapshot: nothing is a stand-in.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/fact_table.h"
#include "pipeline/configuration.h"
#include "pipeline/facts/flight_facts.h"
#include "pipeline/merge/flight_book.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/reference/snapshot.h"

namespace landfall::testing_support {

// A traveller as NDJSON states one. Setting a field again replaces it.
class Person {
 public:
  explicit Person(std::string_view ref) { Text("ref", ref); }
  Person& Named(std::string_view surname, std::string_view given_names) {
    return Text("surname", surname).Text("given_names", given_names);
  }
  Person& Born(std::string_view date) { return Text("date_of_birth", date); }
  Person& From(std::string_view nationality) { return Text("nationality", nationality); }
  Person& Booked(std::string_view locator) { return Set("booking", R"({"locator":")" + std::string(locator) + "\"}"); }
  Person& Passport(std::string_view number, std::string_view issuer = "UTO") {
    return Document("P", number, issuer);
  }
  Person& Document(std::string_view type, std::string_view number, std::string_view issuer = "UTO");
  Person& Text(std::string_view field, std::string_view value) { return Set(field, "\"" + std::string(value) + "\""); }
  Person& Set(std::string_view field, std::string_view json) {
    fields_[std::string(field)] = std::string(json);
    return *this;
  }
  Person& Without(std::string_view field) {
    fields_.erase(std::string(field));
    if (field == "documents") documents_.clear();
    return *this;
  }
  std::string Json() const;

 private:
  std::map<std::string, std::string> fields_;
  std::vector<std::string> documents_;
};

// The facts of a flight, by traveller reference and name of fact.
class MadeFacts {
 public:
  // "12", "true", "accompanied", "LOS-LHR"; "unknown" for what is not known.
  std::string Of(std::string_view ref, std::string_view fact) const;
  std::string SourceOf(std::string_view ref, std::string_view fact) const;
  // Codes of findings about this traveller, in order.
  std::vector<std::string> FindingsOf(std::string_view ref) const;
  // References of the parties: "1 2 | 3".
  std::string Parties() const;
  const Party& PartyOf(std::string_view ref) const;

  const FlightContext& context() const { return context_; }
  const FactTable& table() const { return table_; }
  const FlightState& state() const { return state_; }

 private:
  friend class FlightBuilder;
  std::size_t RowOf(std::string_view ref) const;

  std::shared_ptr<const ReferenceSnapshot> snapshot_;  // The context points into it.
  FlightState state_;
  FactTable table_;
  FlightContext context_;
};

// By default ZZ101 from LOS to LHR, 00:10 to 06:40 UTC on 22 November 2026.
class FlightBuilder {
 public:
  FlightBuilder& Flies(std::string_view from, std::string_view to, std::string_view departs_at,
                       std::string_view arrives_at);
  FlightBuilder& Record(ReferenceKind kind, std::string_view json);
  FlightBuilder& Vignette(std::string_view json) { return Record(ReferenceKind::kVignettes, json); }
  // Rows of the table of who needs entry clearance; none by default.
  FlightBuilder& Requirements(std::string_view csv);

  FlightBuilder& CheckIn(const std::vector<Person>& travellers) { return Send("check_in", "", travellers); }
  FlightBuilder& Booking(const std::vector<Person>& travellers) { return Send("booking", "", travellers); }
  FlightBuilder& Crew(const std::vector<Person>& travellers) { return Send("crew", "", travellers); }
  FlightBuilder& Reduction(const std::vector<Person>& travellers) { return Send("reduction", "", travellers); }
  FlightBuilder& CloseOut(std::string_view form, const std::vector<Person>& travellers) {
    return Send("close_out", R"("close_out":")" + std::string(form) + "\",", travellers);
  }
  // With totals or parts: `fields` are message fields, each with its comma.
  FlightBuilder& Send(std::string_view kind, std::string_view fields, const std::vector<Person>& travellers);
  // One message in any format, as a carrier sends it.
  FlightBuilder& Sends(std::string text);
  // The named adult is on another flight to the port, so many hours apart.
  FlightBuilder& Elsewhere(std::string_view vignette, std::uint32_t adult, double hours_apart);

  FlightState State() const;
  MadeFacts Facts() const;

  Configuration configuration;
  ProfileParameters parameters;
  std::string flight_fields;  // More fields of the flight, each with a comma before it: ,"terminal":"5"

 private:
  struct Sent {
    std::string line;
  };
  std::string from_ = "LOS", to_ = "LHR";
  std::string departs_at_ = "2026-11-22T00:10:00Z", arrives_at_ = "2026-11-22T06:40:00Z";
  std::vector<std::pair<ReferenceKind, std::string>> records_;
  std::vector<Sent> messages_;
  std::vector<AdultElsewhere> elsewhere_;
};

}  // namespace landfall::testing_support
