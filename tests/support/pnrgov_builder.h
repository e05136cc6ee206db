#pragma once

// PNRGOV interchanges of made-up flights and people, for tests and benchmarks. Segments are written as with the default
// separators ("TIF+O?'HARA+ANN:A:1").

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/support/paxlst_builder.h"

namespace landfall {

using PnrgovSegments = std::vector<std::string>;

// A message about flight ZZ101 from LOS to LHR on 22 November 2026, with these segments behind its header: bookings that
// each begin with SRC. `eqn`: how many it says there are; -1 for no EQN.
inline PnrgovSegments PnrgovMessage(PnrgovSegments bookings, int eqn = 1, std::string_view function = "22",
                                    std::string_view tvl = "221126:0110:221126:0640+LOS+LHR+ZZ+0101") {
  PnrgovSegments segments = {absl::StrFormat("MSG+:%s", std::string(function)), "ORG+ZZ:LOS", absl::StrFormat("TVL+%s", std::string(tvl))};
  if (eqn >= 0) segments.push_back(absl::StrFormat("EQN+%d", eqn));
  for (std::string& segment : bookings) segments.push_back(std::move(segment));
  return segments;
}

inline std::string PnrgovInterchange(const std::vector<PnrgovSegments>& messages, std::string_view separators = ":+.? '") {
  std::string out;
  const auto add = [&](std::string_view segment) { out += InSeparators(segment, separators); };
  out = absl::StrFormat("UNA%s", std::string(separators));
  add("UNB+IATA:1+ZZAIR+BORDER+261121:2355+000000101++PNRGOV");
  for (std::size_t i = 0; i < messages.size(); ++i) {
    add(absl::StrFormat("UNH+PNR%03d+PNRGOV:13:1:IA", i + 1));
    for (const std::string& segment : messages[i]) add(segment);
    add(absl::StrFormat("UNT+%d+PNR%03d", messages[i].size() + 2, i + 1));
  }
  add(absl::StrFormat("UNZ+%d+000000101", messages.size()));
  return out;
}

// Booking `number` as carriers send them, all made up: two travellers, out and back, about 450 bytes each.
inline PnrgovSegments TypicalBooking(int number) {
  constexpr std::string_view kSurnames[] = {"ABARA", "BRAMLEY", "COVENTRY", "DUNMORE", "EZEKWE", "FENWICK", "GRANTLEY"};
  constexpr std::string_view kGiven[] = {"ALMA", "BENO", "CORA", "DARIO", "EDDA RUTH"};
  const std::string surname = absl::StrFormat("%s%c", std::string(kSurnames[number % 7]), 'A' + number % 26);
  PnrgovSegments segments = {"SRC", absl::StrFormat("RCI+ZZ:K%05d::101126:1510", number), "DAT+700:111126:1010+710:111126:1200",
                             "ORG+ZZ:LOS+12345678:LONZZ2101", "ADD++702:14 ACACIA AVENUE:LONDON:::GB:N1 1AA:00442079460001"};
  for (int i = 1; i <= 2; ++i) {
    const std::string given(kGiven[(number + i) % 5]);
    segments.push_back(absl::StrFormat("TIF+%s+%s MR:A:%d", surname, given, i));
    segments.push_back("FTI+ZZ:1234567890:::GOLD");
    segments.push_back(absl::StrFormat("REF+:00%08dAB", number * 2 + i));
    segments.push_back(absl::StrFormat("SSR+DOCS:HK:1:ZZ:::::/P/NGA/A%08d/NGA/%02dMAR%02d/M/01JAN30/%s/%s", 30'000'000 + number * 2 + i,
                                       number % 28 + 1, (number * 7 + i) % 100, surname, given));
    segments.push_back(absl::StrFormat("TKT+006212%07d:T:1", number * 2 + i));
    segments.push_back("MON+B:288.00:GBP+T:295.94:GBP");
    segments.push_back("FOP+CC:::VI:XXXXXXXX1186:0228");
  }
  for (const std::string_view stage : {"221126:0110:221126:0640+LOS+LHR+ZZ+0101:Y", "011226:1310:011226:2010+LHR+LOS+ZZ+0102:Y"}) {
    segments.push_back(absl::StrFormat("TVL+%s", std::string(stage)));
    segments.push_back("RPI+2+HK");
    segments.push_back("APD+789");
    if (stage.starts_with('2')) segments.push_back(absl::StrFormat("SSR+SEAT:HK:2:ZZ:::LOS:LHR+0%dA::1+0%dB::2", number % 60 + 1, number % 60 + 1));
  }
  return segments;
}

inline std::string TypicalPnrgov(int bookings) {
  PnrgovSegments segments;
  for (int i = 0; i < bookings; ++i) {
    for (std::string& segment : TypicalBooking(i)) segments.push_back(std::move(segment));
  }
  return PnrgovInterchange({PnrgovMessage(std::move(segments), bookings)});
}

}  // namespace landfall
