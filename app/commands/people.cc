#include "app/commands/people.h"

#include <cstdio>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/clock.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "app/output/people_text.h"
#include "app/output/standard_output.h"
#include "app/session.h"
#include "model/result.h"
#include "pipeline/match/contact_text.h"
#include "pipeline/parse/times.h"
#include "pipeline/people/people_book.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall people judge A B same|different|not-sure --by WHO --reason TEXT [options]\n"
      "       landfall people undo A B --by WHO --reason TEXT [options]\n"
      "       landfall people forget --before DATE [options]",
      "What a person says of two identities (P-..., as `query traveller` shows them): one and the same, two people, or not to\n"
      "be told. undo takes the latest word on the two back that holds, and restores what was before it. forget takes away who\n"
      "was last seen on a flight that departed before DATE.",
      "landfall people judge P-0011223344556677 P-8899aabbccddeeff same --by OQ --reason 'old passport shown' --data /tmp/store",
      {kDataOption,
       kConfigOption,
       {"--by", "WHO", "who says so"},
       {"--reason", "TEXT", "why"},
       {"--before", "DATE", "for forget: the first day that is kept"}}};
  return spec;
}

const CommandSpec& QuerySpec() {
  static const CommandSpec spec = {
      "landfall query traveller ID|--document NUMBER|--name 'SURNAME, GIVEN NAMES' --born DATE [options]\n"
      "       landfall query sponsor|address|phone ID|TEXT [options]",
      "A person over time: the identities that evidence or a person's word joins, each with its journeys, the links with what\n"
      "speaks for and against each in decibans, and whom else they name. `person` is another word for `traveller`. Or who was\n"
      "met with a sponsor (its id), an address (as one line) or a telephone number. Kept are those who travelled in a party\n"
      "with a child.",
      "landfall query traveller --document XA1234567 --data /tmp/store",
      {kDataOption,
       kConfigOption,
       {"--document", "NUMBER", "of a passport, an identity card or a visa"},
       {"--name", "NAME", "with --born: surname, a comma, given names"},
       {"--born", "DATE", "the whole birth date"},
       {"--format", "FORMAT", "table, json or ndjson"}}};
  return spec;
}

int Fail(std::string_view command, const absl::Status& status) {
  std::fprintf(stderr, "landfall %s: %s\n", std::string(command).c_str(), std::string(status.message()).c_str());
  return ExitCodeOf(status);
}

SessionOptions StoreOptions(const ParsedOptions& parsed, bool only_read) {
  SessionOptions options = SessionOptionsFrom(parsed);
  options.create_store = false;
  options.read_untrusted = only_read;
  return options;
}

// The one identity of an id.
absl::StatusOr<IdentityKey> IdentityNamed(const PeopleBook& book, const std::string& id) {
  if (!ParsePeopleId('P', id)) {
    return absl::InvalidArgumentError(absl::StrFormat("'%s' is no id: write P- and 16 hex digits, as query shows them", id));
  }
  ASSIGN_OR_RETURN(const std::vector<IdentityKey> found, book.WithId(id));
  if (found.size() == 1) return found.front();
  if (found.empty()) return absl::NotFoundError("nobody is known as " + id);
  return absl::NotFoundError("two people's ids are " + id + ": name them by document");
}

std::optional<Verdict> ParseVerdict(std::string_view word) {
  if (word == "same") return Verdict::kSame;
  if (word == "different") return Verdict::kDifferent;
  if (word == "not-sure" || word == "not_sure") return Verdict::kNotSure;
  return std::nullopt;
}

absl::Status JudgeOrUndo(const ParsedOptions& parsed) {
  const bool judges = parsed.positional[0] == "judge";
  const std::string by = parsed.Get("--by"), reason = parsed.Get("--reason");
  if (by.empty() || reason.empty()) return absl::InvalidArgumentError("--by and --reason must say who, and why");
  std::optional<Verdict> verdict;
  if (judges) {
    verdict = ParseVerdict(parsed.positional[3]);
    if (!verdict) return absl::InvalidArgumentError("the word is same, different or not-sure");
  }
  ASSIGN_OR_RETURN(const Session session, OpenSession(StoreOptions(parsed, false)));
  const PeopleBook book(*session.database, session.configuration, *session.reference);
  ASSIGN_OR_RETURN(const IdentityKey a, IdentityNamed(book, parsed.positional[1]));
  ASSIGN_OR_RETURN(const IdentityKey b, IdentityNamed(book, parsed.positional[2]));
  if (a == b) return absl::InvalidArgumentError("these two are one identity already");
  StoreBatch batch;
  if (judges) RETURN_IF_ERROR(book.Judge(a, b, *verdict, by, reason, Now(), batch));
  else RETURN_IF_ERROR(book.Undo(a, b, by, reason, Now(), batch));
  RETURN_IF_ERROR(session.database->Commit(batch));
  ASSIGN_OR_RETURN(const std::optional<PersonFile> person, book.Find(a));
  return person ? WriteOut(PersonText(*person)) : absl::OkStatus();
}

absl::Status Forget(const ParsedOptions& parsed) {
  const std::optional<Date> before = ParseDate(parsed.Get("--before"));
  if (!before) return absl::InvalidArgumentError("--before needs a date: write 2026-05-22");
  ASSIGN_OR_RETURN(const Session session, OpenSession(StoreOptions(parsed, false)));
  ASSIGN_OR_RETURN(const std::uint64_t rows, ForgetPeopleBefore(*before, *session.database));
  return WriteOut(absl::StrFormat("%d rows of the people book taken away\n", rows));
}

absl::Status Run(const ParsedOptions& parsed) {
  const std::vector<std::string>& words = parsed.positional;
  if (words.size() == 4 && words[0] == "judge") return JudgeOrUndo(parsed);
  if (words.size() == 3 && words[0] == "undo") return JudgeOrUndo(parsed);
  if (words.size() == 1 && words[0] == "forget") return Forget(parsed);
  return absl::InvalidArgumentError("use: landfall people judge|undo|forget (see --help)");
}

absl::StatusOr<std::vector<IdentityKey>> AskedFor(const ParsedOptions& parsed, const PeopleBook& book) {
  if (parsed.positional.size() == 2) {
    ASSIGN_OR_RETURN(const IdentityKey identity, IdentityNamed(book, parsed.positional[1]));
    return std::vector<IdentityKey>{identity};
  }
  if (parsed.Has("--document")) return book.WithNumber(parsed.Get("--document"));
  const std::optional<PartialDate> born = ParsePartialDate(parsed.Get("--born"));
  const std::string name = parsed.Get("--name");
  if (name.empty() || !born || !born->IsWhole()) {
    return absl::InvalidArgumentError("name an ID, a --document, or a --name with the whole date it was --born");
  }
  const std::size_t comma = name.find(',');
  if (comma == std::string::npos) return book.WithName(name, "", *born);
  return book.WithName(name.substr(0, comma), name.substr(comma + 1), *born);
}

// Prints them one after the other; a list for json.
absl::Status PrintAll(const std::vector<std::string>& texts, const std::string& format) {
  std::string out;
  for (const std::string& text : texts) {
    if (format == "json") out += out.empty() ? "\n" : ",\n";
    else if (format == "table" && !out.empty()) out += "\n";
    out += text;
    if (format == "ndjson") out += "\n";
  }
  return WriteOut(format == "json" ? "[" + out + "\n]\n" : out);
}

absl::Status QueryTravellers(const ParsedOptions& parsed, const std::string& format, const PeopleBook& book) {
  ASSIGN_OR_RETURN(const std::vector<IdentityKey> asked, AskedFor(parsed, book));
  std::vector<std::string> texts;
  std::set<std::string> shown;
  for (const IdentityKey& identity : asked) {
    ASSIGN_OR_RETURN(const std::optional<PersonFile> person, book.Find(identity));
    if (!person || !shown.insert(person->id).second) continue;
    std::string text;
    if (format == "table") text = PersonText(*person);
    else AppendPersonJson(*person, text);
    texts.push_back(std::move(text));
  }
  if (texts.empty()) std::fputs("Nobody like this was seen in a party with a child.\n", stderr);
  return PrintAll(texts, format);
}

absl::StatusOr<std::string> ContactBeginning(const Session& session, ContactSort sort, const std::string& asked) {
  if (const std::optional<std::string> id = ParsePeopleId(static_cast<char>(sort), asked)) return *id;
  std::string text = "id " + asked;
  if (sort == ContactSort::kPhone) text = E164Of(asked, session.configuration.own_country);
  if (sort == ContactSort::kAddress) {
    Address address;
    address.lines = asked;
    text = NormalAddressOf(address);
  }
  if (text.empty()) return absl::InvalidArgumentError(absl::StrFormat("'%s' cannot be read", asked));
  return std::string(AsBytes(ContactKeyOf(*session.configuration.people_key, sort, text)));
}

absl::Status QueryContact(const ParsedOptions& parsed, const std::string& format, const Session& session,
                          const PeopleBook& book) {
  const std::string& what = parsed.positional[0];
  if (parsed.positional.size() != 2) return absl::InvalidArgumentError(absl::StrFormat("name one %s (see --help)", what));
  const ContactSort sort = what == "sponsor"   ? ContactSort::kSponsor
                           : what == "address" ? ContactSort::kAddress
                                               : ContactSort::kPhone;
  ASSIGN_OR_RETURN(const std::string beginning, ContactBeginning(session, sort, parsed.positional[1]));
  ASSIGN_OR_RETURN(const std::optional<PeopleBook::Contact> contact, book.FindContact(sort, beginning));
  std::vector<std::string> texts;
  if (contact) {
    std::string text;
    if (format == "table") text = ContactText(*contact);
    else AppendContactJson(*contact, text);
    texts.push_back(std::move(text));
  } else {
    std::fprintf(stderr, "No traveller in a party with a child was met with this %s.\n", what.c_str());
  }
  return PrintAll(texts, format);
}

absl::StatusOr<int> PeopleQuery(const ParsedOptions& parsed) {
  ASSIGN_OR_RETURN(const std::string format, FormatOption(parsed, kFormatsButCsv));
  ASSIGN_OR_RETURN(const Session session, OpenSession(StoreOptions(parsed, true)));
  if (!session.distrust.ok()) {
    std::fprintf(stderr, "landfall query: WARNING: this store cannot be trusted: %s. People may be missing: clear nobody by it.\n",
                 std::string(session.distrust.message()).c_str());
  }
  const PeopleBook book(*session.database, session.configuration, *session.reference);
  const bool is_traveller = parsed.positional[0] == "traveller" || parsed.positional[0] == "person";
  RETURN_IF_ERROR(is_traveller ? QueryTravellers(parsed, format, book) : QueryContact(parsed, format, session, book));
  return session.distrust.ok() ? kDone : kUnavailable;
}

}  // namespace

int RunPeople(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::Status status = Run(*parsed.options);
  return status.ok() ? kDone : Fail("people", status);
}

bool IsPeopleQuery(std::string_view what) {
  for (const std::string_view word : {"traveller", "person", "sponsor", "address", "phone"}) {
    if (what == word) return true;
  }
  return false;
}

int RunPeopleQuery(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(QuerySpec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<int> exit_code = PeopleQuery(*parsed.options);
  return exit_code.ok() ? *exit_code : Fail("query", exit_code.status());
}

}  // namespace landfall::app
