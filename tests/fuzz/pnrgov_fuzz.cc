// The body of a PNRGOV message -> bookings. The envelope is put round it here, so that every input reaches its segments;
// and a card number that stands in a payment comes out nowhere.

#include <cstdint>
#include <string>

#include "tests/fuzz/check_messages.h"

namespace {

constexpr std::string_view kHead =
    "UNB+IATA:1+ZZ+GOV+261122:1000+F1'UNG+PNRGOV+ZZ+GOV+261122:1000+F1+IA+11:1'UNH+M1+PNRGOV:11:1:IA+F1'MSG+:22'ORG+ZZ:LOS'"
    "TVL+221126:1500:221126:2130+LOS+LHR+ZZ+101'EQN+1'SRC'RCI+ZZ:FUZZ01'";
constexpr std::string_view kCard = "4556737586899855";
constexpr std::string_view kPayment = "'FOP+CC::100:VI:4556737586899855:0129";
constexpr std::string_view kTail = "'UNT+9+M1'UNE+1+F1'UNZ+1+F1'";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  std::string bytes(kHead);
  bytes += body;
  bytes += kPayment;
  bytes += kTail;
  landfall::CheckMessage(bytes, landfall::InputFormat::kEdifact);
  if (body.find(kCard) == std::string_view::npos) {
    for (const landfall::Message& message : landfall::Parse(bytes, landfall::InputFormat::kEdifact).messages) {
      std::string json;
      AppendJson(message, json);
      landfall::Require(json.find(kCard) == std::string::npos);
    }
  }
  landfall::CheckStream(body);
  return 0;
}
