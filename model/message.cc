#include "model/message.h"

namespace landfall {

std::string ToString(const FlightKey& key) {
  std::string text = key.number;
  text += ' ';
  text += ToString(key.departs_on);
  text += ' ';
  text += key.from.view();
  text += ' ';
  text += key.to.view();
  return text;
}

bool operator==(const Message& a, const Message& b) {
  return a.message_id == b.message_id && a.sender == b.sender && a.sent_at == b.sent_at && a.carrier == b.carrier &&
         a.kind == b.kind && a.revision == b.revision && a.declared == b.declared && a.flight == b.flight &&
         a.replaces == b.replaces && a.close_out == b.close_out && a.part == b.part && a.reported_by == b.reported_by &&
         a.references == b.references && a.travellers == b.travellers;
}

}  // namespace landfall
