#include "pipeline/parse/edifact/paxlst.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/edifact/envelope.h"
#include "pipeline/parse/edifact/framing.h"
#include "pipeline/parse/edifact/paxlst_message.h"
#include "pipeline/parse/edifact/pnrgov_message.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/parse/times.h"

namespace landfall {
namespace edifact {
namespace {

// The segments of one message: [first, last).
struct MessageSpan {
  std::size_t first = 0;
  std::size_t last = 0;
  bool has_trailer = false;
};

// What the envelope segments say of an interchange.
class Interchange {
 public:
  Interchange(const Tokens& tokens, const InputLimits& limits, std::vector<Finding>& findings)
      : tokens_(tokens), limits_(limits), findings_(findings) {}

  void Read();
  const Envelope& envelope() const { return envelope_; }
  const std::vector<MessageSpan>& messages() const { return messages_; }
  // Without UNZ the last message may be half of one; those before it were followed by another. Nothing frames a message
  // without UNB but its own trailer.
  bool IsWhole(std::size_t message) const {
    return messages_[message].has_trailer && (has_unz_ || !has_unb_ || message + 1 < messages_.size());
  }
  bool IsCut() const { return has_unb_ && !has_unz_; }

 private:
  void ReadUnb(const Tokens::Segment& unb);
  std::string AsSent(const Tokens::Segment& segment, std::size_t element) const;
  void EndMessage(std::size_t behind, bool has_trailer);
  void CheckGroup(const Tokens::Segment& une);
  void CheckInterchange(const Tokens::Segment& unz);
  void Check(std::string_view tag, const Tokens::Segment& trailer, std::size_t counted, std::string_view reference);

  const Tokens& tokens_;
  const InputLimits& limits_;
  std::vector<Finding>& findings_;
  Envelope envelope_;
  std::vector<MessageSpan> messages_;
  bool has_unb_ = false, has_unz_ = false;
  bool in_message_ = false;
  std::size_t groups_ = 0;
  std::size_t group_first_ = 0;  // Messages before the latest group.
  std::string_view group_ref_;
};

std::string Interchange::AsSent(const Tokens::Segment& segment, std::size_t element) const {
  constexpr std::size_t kMost = 4;
  const FindingPlace place{&findings_, {}, "UNB"};
  std::string text;
  for (std::size_t c = 1; c <= std::min(kMost, tokens_.Components(segment, element)); ++c) {
    if (c > 1) text += ':';
    text += ReadText(tokens_, segment, element, c, limits_, place);
  }
  text.erase(text.find_last_not_of(':') + 1);
  return text;
}

// UNB+UNOA:4+sender:qualifier+recipient:qualifier+date:time+control reference.
void Interchange::ReadUnb(const Tokens::Segment& unb) {
  has_unb_ = true;
  envelope_.sender = ReadText(tokens_, unb, 2, 1, limits_, {&findings_, {}, "sender"});
  envelope_.sent_by = AsSent(unb, 2);
  envelope_.sent_to = AsSent(unb, 3);
  envelope_.prepared_at = AsSent(unb, 4);
  envelope_.control_ref = AsSent(unb, 5);
  envelope_.sent_at = UtcInstant(tokens_.CodeAt(unb, 4, 1).str() + tokens_.CodeAt(unb, 4, 2).str());
  if (!envelope_.sent_at) {
    FindingPlace{&findings_, {}, "sent_at"}.Add(FindingCode::kBadTime,
                                                "UNB states no date and time: " + Quoted(envelope_.prepared_at));
  }
}

void Interchange::EndMessage(std::size_t behind, bool has_trailer) {
  if (!in_message_) return;
  in_message_ = false;
  messages_.back().last = behind;
  messages_.back().has_trailer = has_trailer;
}

void Interchange::Check(std::string_view tag, const Tokens::Segment& trailer, std::size_t counted,
                        std::string_view reference) {
  const FindingPlace place{&findings_, {}, tag};
  const Code stated = tokens_.CodeAt(trailer, 1);
  if (ParseCount(stated) != static_cast<std::int64_t>(counted)) {
    place.Add(FindingCode::kCountDiffers,
              absl::StrFormat("%s says %s, %d came", std::string(tag), Quoted(stated), static_cast<int>(counted)));
  }
  if (tokens_.Part(trailer, 2) != reference) {
    place.Add(FindingCode::kReferenceDiffers, std::string(tag) + " repeats another reference than it ends");
  }
}

void Interchange::CheckGroup(const Tokens::Segment& une) {
  Check("UNE", une, messages_.size() - group_first_, group_ref_);
}

// UNZ counts the groups, or the messages of an interchange without groups.
void Interchange::CheckInterchange(const Tokens::Segment& unz) {
  has_unz_ = true;
  const std::size_t counted = groups_ > 0 ? groups_ : messages_.size();
  Check("UNZ", unz, counted, envelope_.control_ref);
}

void Interchange::Read() {
  const auto& segments = tokens_.segments();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Tokens::Segment& segment = segments[i];
    switch (segment.tag) {
      case Tag("UNB"): ReadUnb(segment); break;
      case Tag("UNG"):
        EndMessage(i, false);
        ++groups_;
        group_first_ = messages_.size();
        group_ref_ = tokens_.Part(segment, 5);
        break;
      case Tag("UNH"):
        EndMessage(i, false);
        messages_.push_back({i, segments.size(), false});
        in_message_ = true;
        break;
      case Tag("UNT"): EndMessage(i + 1, true); break;
      case Tag("UNE"):
        EndMessage(i, false);
        CheckGroup(segment);
        break;
      case Tag("UNZ"):
        EndMessage(i, false);
        CheckInterchange(segment);
        break;
      default: break;
    }
  }
}

std::uint32_t CountAll(const Tokens& tokens) { return CountTravellers(tokens, 0, tokens.segments().size()); }

// `raw` is one interchange and nothing else.
void ParseOne(std::string_view file, const RawMessage& raw, const Configuration& configuration, ParsedInput& out) {
  const SourcePosition position{std::string(file), raw.offset, raw.line};
  const auto refuse = [&](QuarantineCode code, std::string reason, std::uint32_t travellers) {
    out.quarantined.push_back({position, code, std::move(reason), "", "", travellers});
  };
  const ServiceString service = ReadServiceString(raw.bytes, configuration.separators);
  const Tokens tokens(raw.bytes, service.begin, service.separators, configuration.limits.segments);
  if (tokens.too_many()) {
    refuse(QuarantineCode::kTooLarge,
           absl::StrFormat("more than %d segments, or far too many parts of them, in one interchange: split it",
                           static_cast<int>(configuration.limits.segments)),
           CountAll(tokens));
    return;
  }
  std::vector<Finding> findings;
  if (!service.doubt.empty()) findings.push_back({"", "UNA", FindingCode::kSeparators, std::string(service.doubt)});
  Interchange interchange(tokens, configuration.limits, findings);
  interchange.Read();
  if (interchange.messages().empty()) {
    if (interchange.IsCut()) {
      return refuse(QuarantineCode::kTruncated, "the interchange breaks off before its first message: send it again",
                    CountAll(tokens));
    }
    return refuse(QuarantineCode::kBadSyntax, "no UNH segment: this cannot be split into EDIFACT messages",
                  CountAll(tokens));
  }
  Positions positions(file, raw.bytes, raw.offset, raw.line);
  for (std::size_t i = 0; i < interchange.messages().size(); ++i) {
    const MessageSpan& span = interchange.messages()[i];
    if (tokens.CodeAt(tokens.segments()[span.first], 2) == "PNRGOV") {
      PnrgovMessage message(tokens, span.first, span.last, interchange.envelope(), configuration, positions);
      message.Parse(interchange.IsWhole(i), findings, out);
    } else {
      PaxlstMessage message(tokens, span.first, span.last, interchange.envelope(), configuration, positions);
      message.Parse(interchange.IsWhole(i), findings, out);
    }
  }
}

RawMessage Behind(const RawMessage& raw, std::size_t at) {
  const std::string_view before = raw.bytes.substr(0, at);
  RawMessage rest = raw;
  rest.bytes.remove_prefix(at);
  rest.offset += at;
  rest.line += static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  return rest;
}

}  // namespace
}  // namespace edifact

void ParseInterchange(std::string_view file, const RawMessage& raw, const Configuration& configuration,
                      ParsedInput& out) {
  const SourcePosition position{std::string(file), raw.offset, raw.line};
  if (raw.too_long) {
    out.quarantined.push_back({position, QuarantineCode::kTooLarge,
                               absl::StrFormat("the interchange is longer than %d bytes: split it",
                                               static_cast<int>(configuration.limits.interchange_bytes)),
                               "", "", 0});
    return;
  }
  // Framed input holds one interchange and no more; what is not framed may have text around it.
  RawMessage rest = raw;
  bool found = false;
  while (true) {
    const edifact::InterchangeFrame frame = edifact::NextInterchange(rest.bytes, true, configuration.limits);
    if (!frame.complete) break;
    found = true;
    rest = edifact::Behind(rest, frame.begin);
    RawMessage one = rest;
    one.bytes = rest.bytes.substr(0, frame.end - frame.begin);
    edifact::ParseOne(file, one, configuration, out);
    rest = edifact::Behind(rest, one.bytes.size());
  }
  if (found) return;
  out.quarantined.push_back({position, QuarantineCode::kBadSyntax,
                             "no UNB or UNH segment: this cannot be split into EDIFACT messages", "", "", 0});
}

}  // namespace landfall
