#include "app/output/flight_history.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "model/json_writer.h"

namespace landfall::app {
namespace {

// More than these, and the list itself is the better place to read them.
constexpr std::ptrdiff_t kAddedListed = 10;

std::string KindText(const Message& message) {
  std::string text(ToText(message.kind));
  if (message.close_out) text += " " + std::string(ToText(*message.close_out));
  if (message.edifact) {
    text += absl::StrFormat(" (%s%s%s)", message.edifact->code, message.edifact->function.empty() ? "" : "+",
                            message.edifact->function);
  }
  return text;
}

std::string PartText(const MessagePart& part) {
  return absl::StrFormat(", part %d%s of %s", part.seq, part.last ? " (last)" : "", part.ref);
}

}  // namespace

std::string RevisionText(std::size_t number, const Revision& revision) {
  const Message& message = *revision.message;
  std::string out = absl::StrFormat("%3d. %s  %s from %s", static_cast<int>(number),
                                    message.sent_at ? ToString(*message.sent_at) : "(no time sent)", KindText(message),
                                    message.sender);
  if (message.revision) absl::StrAppendFormat(&out, ", revision %d", *message.revision);
  if (message.part) out += PartText(*message.part);
  absl::StrAppendFormat(&out, "\n     message %s, %s at byte %d; names %d, %d on the list\n", message.message_id,
                        message.position.file, message.position.offset, static_cast<int>(message.travellers.size()),
                        static_cast<int>(revision.travellers));
  const auto added = std::count_if(revision.changes.begin(), revision.changes.end(),
                                   [](const Change& change) { return change.kind == ChangeKind::kAdded; });
  if (added > kAddedListed) absl::StrAppendFormat(&out, "     %d travellers added\n", static_cast<int>(added));
  for (const Change& change : revision.changes) {
    if (change.kind != ChangeKind::kAdded || added <= kAddedListed) out += "     " + ToString(change) + "\n";
  }
  if (revision.changes.empty()) out += "     nothing changed\n";
  return out;
}

void AppendRevisionJson(const FlightKey& flight, std::size_t number, const Revision& revision, std::string& out) {
  const Message& message = *revision.message;
  JsonObject object(out);
  object.Field("flight", ToString(flight));
  object.Field("number", static_cast<std::int64_t>(number));
  object.Field("message_id", message.message_id);
  object.Field("sender", message.sender);
  object.Field("sent_at", message.sent_at);
  object.Field("kind", message.kind);
  object.Field("close_out", message.close_out);
  object.Field("revision", message.revision);
  object.Field("part", message.part);
  object.Field("file", message.position.file);
  object.Field("offset", static_cast<std::int64_t>(message.position.offset));
  object.Field("line", static_cast<std::int64_t>(message.position.line));
  object.Field("named", static_cast<std::int64_t>(message.travellers.size()));
  object.Field("travellers", static_cast<std::int64_t>(revision.travellers));
  std::string& list = object.Begin("changes");
  list += '[';
  for (std::size_t i = 0; i < revision.changes.size(); ++i) {
    const Change& change = revision.changes[i];
    if (i > 0) list += ',';
    JsonObject entry(list);
    entry.Field("change", change.kind);
    entry.Field("traveller", change.traveller);
    entry.Field("name", change.name);
    entry.Field("before", change.before);
    entry.Field("after", change.after);
    entry.Field("text", ToString(change));
  }
  list += ']';
}

}  // namespace landfall::app
