#include "app/output/quarantine_text.h"

#include <vector>

#include "absl/strings/str_format.h"
#include "app/output/csv.h"
#include "app/output/marked_bytes.h"
#include "model/json_writer.h"

namespace landfall::app {
namespace {

std::string OrDash(std::string_view text) { return text.empty() ? "-" : Escaped(text); }

std::string Place(const SourcePosition& position) {
  return absl::StrFormat("%s:%d", Escaped(position.file), position.line);
}

std::string Word(QuarantineCode code) { return std::string(ToText(code)); }
std::string Word(QuarantineState state) { return std::string(ToText(state)); }

void AppendLine(std::string_view name, const std::string& value, std::string& out) {
  if (!value.empty()) absl::StrAppendFormat(&out, "%-11s %s\n", std::string(name), value);
}

}  // namespace

void QuarantineCounts::Add(std::string_view carrier, const QuarantineEntry& entry) {
  OfOne& counts = counts_[{std::string(carrier), entry.record.code}];
  ++(entry.closing ? counts.closed : counts.open);
}

std::string QuarantineCounts::Table() const {
  std::string text = absl::StrFormat("%-8s %-20s %8s %8s\n", "carrier", "code", "open", "closed");
  OfOne all;
  for (const auto& [of, counts] : counts_) {
    absl::StrAppendFormat(&text, "%-8s %-20s %8d %8d\n", OrDash(of.first), Word(of.second), counts.open, counts.closed);
    all.open += counts.open;
    all.closed += counts.closed;
  }
  absl::StrAppendFormat(&text, "%-8s %-20s %8d %8d\n", "all", "", all.open, all.closed);
  return text;
}

std::string QuarantineCounts::Ndjson() const {
  std::string text;
  for (const auto& [of, counts] : counts_) {
    {
      JsonObject object(text);
      object.Field("carrier", of.first);
      object.Field("code", of.second);
      object.Field("open", counts.open);
      object.Field("closed", counts.closed);
    }
    text += '\n';
  }
  return text;
}

std::string QuarantineCounts::Json() const {
  std::string text = "[";
  for (const char c : Ndjson()) text += c == '\n' ? ',' : c;
  if (text.back() == ',') text.pop_back();
  return text + "]";
}

std::string QuarantineCounts::Csv() const {
  std::string text = "carrier,code,open,closed\n";
  for (const auto& [of, counts] : counts_) {
    AppendCsvRow({of.first, Word(of.second), std::to_string(counts.open), std::to_string(counts.closed)}, text);
  }
  return text;
}

std::string QuarantineTableHeader() {
  return absl::StrFormat("%-18s %-11s %-20s %-7s %s\n", "id", "state", "code", "carrier", "where");
}

void AppendQuarantineRow(std::string_view carrier, const QuarantineEntry& entry, std::string& out) {
  absl::StrAppendFormat(&out, "%-18s %-11s %-20s %-7s %s", QuarantineId(entry), Word(entry.state()),
                        Word(entry.record.code), OrDash(carrier), Place(entry.record.position));
  if (!entry.record.message_id.empty()) absl::StrAppendFormat(&out, " message %s", Escaped(entry.record.message_id));
  if (!entry.record.traveller.empty()) absl::StrAppendFormat(&out, " traveller %s", Escaped(entry.record.traveller));
  out += '\n';
}

std::string QuarantineCsvHeader() {
  return "id,state,code,carrier,file,offset,line,reason,message_id,traveller,travellers,bytes,closed_at,closed_reason\n";
}

void AppendQuarantineCsv(std::string_view carrier, const QuarantineEntry& entry, std::string_view raw,
                         std::string& out) {
  const QuarantinedRecord& record = entry.record;
  AppendCsvRow({QuarantineId(entry), Word(entry.state()), Word(record.code), std::string(carrier), record.position.file,
                std::to_string(record.position.offset), std::to_string(record.position.line), record.reason,
                record.message_id, record.traveller, std::to_string(record.travellers), std::to_string(raw.size()),
                entry.closing ? ToString(entry.closing->at) : "", entry.closing ? entry.closing->reason : ""},
               out);
}

void AppendQuarantineJson(std::string_view carrier, const QuarantineEntry& entry, std::string_view raw,
                          std::string& out) {
  JsonObject object(out);
  object.Field("id", QuarantineId(entry));
  object.Field("state", entry.state());
  object.Field("carrier", carrier);
  QuarantinedRecord::Fields(entry.record, object);
  object.Field("bytes", raw.size());
  if (!entry.closing) return;
  object.Field("closed_at", entry.closing->at);
  object.Field("closed_reason", entry.closing->reason);
}

std::string QuarantineDetails(std::string_view carrier, const QuarantineEntry& entry, std::string_view raw) {
  const QuarantinedRecord& record = entry.record;
  std::string text;
  AppendLine("id", QuarantineId(entry), text);
  AppendLine("state", Word(entry.state()), text);
  if (entry.closing) {
    AppendLine("closed", absl::StrFormat("%s: %s", ToString(entry.closing->at), Escaped(entry.closing->reason)), text);
  }
  AppendLine("code", Word(record.code), text);
  AppendLine("reason", Escaped(record.reason), text);
  AppendLine("where",
             absl::StrFormat("%s, line %d, byte %d", Escaped(record.position.file), record.position.line,
                             record.position.offset),
             text);
  AppendLine("carrier", Escaped(carrier), text);
  AppendLine("message", Escaped(record.message_id), text);
  AppendLine("traveller", Escaped(record.traveller), text);
  if (record.travellers > 0) AppendLine("travellers", absl::StrFormat("%d set aside with it", record.travellers), text);
  AppendLine("bytes", absl::StrFormat("%d", raw.size()), text);
  return text;
}

}  // namespace landfall::app
