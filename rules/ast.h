#pragma once

// A profile as written: what the parser makes, and the checker completes in place (facts, types, defines resolved).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/date.h"
#include "model/fact_table.h"
#include "model/facts.h"
#include "model/profile_parameters.h"
#include "model/screening.h"
#include "rules/diagnostic.h"

namespace landfall::rules {

enum class ValueType : std::uint8_t {
  kAny,  // A name that could not be resolved, after its error: fits everywhere.
  kBool, kInt, kNum, kText, kCountry, kAirport, kCarrier, kRoute, kEnum, kPeople, kDate, kDuration,
};

struct Literal {
  enum class Kind : std::uint8_t { kBool, kInt, kNum, kText, kEnum, kDate, kDuration };
  Kind kind = Kind::kInt;
  bool boolean = false;
  std::int64_t integer = 0;  // Also: minutes of a duration.
  double number = 0;
  // A text or enum word; of a number its digits as written, of a duration its canonical text ("90 days"). A country is
  // widened to alpha-3 by the checker.
  std::string text;
  Date date;
  std::uint8_t enum_value = 0;  // Number of the enum value: set by the checker, from the other side's fact.
  Position position;
};

enum class Op : std::uint8_t {
  kAnd, kOr, kNot,
  kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual,
  kAdd, kSubtract, kMultiply, kDivide,
  kIn,      // args[0] in `set` (negated: not in)
  kIs,      // args[0] is [not] true|false|known|unknown
  kAny, kEvery, kNo, kCount,  // args[0] is the body
  kFact, kDefine, kLiteral,
  // In CEL spelling only, and never in a rule.
  kName,       // A variable: `name`.
  kNegate, kRemainder,
  kIndex,      // args[0] at args[1]
  kList,       // args are its values.
  kCall,       // Function `name` of args.
  kExists, kAll, kFilter,  // Of list args[0] with body args[1]; `variable`, and `name` for the index, if there is one.
};

// The comparison with its sides swapped: 5 < x is x > 5. Other operators as they are.
constexpr Op Mirrored(Op op) {
  switch (op) {
    case Op::kLess: return Op::kGreater;
    case Op::kLessEqual: return Op::kGreaterEqual;
    case Op::kGreater: return Op::kLess;
    case Op::kGreaterEqual: return Op::kLessEqual;
    default: return op;
  }
}

enum class IsWhat : std::uint8_t { kTrue, kFalse, kKnown, kUnknown };

// The right side of `in`: values, a range, or a list.
struct SetOperand {
  enum class Kind : std::uint8_t { kValues, kRange, kList };
  Kind kind = Kind::kValues;
  std::vector<Literal> values;  // kValues; of kRange exactly two, both ends included.
  std::string list;             // kList: its name without @.
  Position position;
};

struct Comments {
  std::vector<std::string> before;  // Own lines, without "# ".
  std::string end;                  // At the end of the line.

  friend bool operator==(const Comments&, const Comments&) = default;
};

struct Expr {
  Op op = Op::kLiteral;
  Position position;  // Of its first token; of a comparison, sum or product that of the operator's left operand.
  Position operator_position;
  std::vector<std::unique_ptr<Expr>> args;  // kAnd and kOr hold two or more.

  // kIn and kIs.
  bool negated = false;
  SetOperand set;
  IsWhat what = IsWhat::kTrue;

  // Quantifiers.
  std::string variable;                // p
  FactId list = FactId::party_members;  // or flight_passengers

  // kFact. `name` is as written: "pax.age", or "p.visa.kind" of a quantifier's variable; kDefine: the define's name.
  std::string name;
  std::optional<Window> window;
  std::string window_text;    // Canonical: "90 days"
  bool of_variable = false;   // A fact of the quantifier's variable, not of the row.
  FactId fact = FactId::pax_age;  // Set by the checker.
  int define = -1;            // kDefine: number in Profile::defines. Set by the checker.

  Literal literal;
  ValueType type = ValueType::kAny;  // Set by the checker.
  Comments comments;  // Of an operand of the outermost `and` or `or`, or of the whole condition.
};
using ExprPtr = std::unique_ptr<Expr>;

struct ListDefinition {
  std::string name;  // Without @.
  ValueType type = ValueType::kText;
  std::string path;  // `from`: relative to the rule file; empty for an inline list.
  std::vector<std::string> values;  // Canonical; of a file: filled when the file is read, sorted and unique.
  bool is_read = false;             // `from`: whether the file could be read.
  std::optional<Date> expires;
  std::string reason;
  Position position;
  Comments comments;
};

struct Define {
  std::string name;
  ExprPtr expr;
  Position position;
  Comments comments;
};

// A value given by an embedded test, or by a member of a list of people.
struct GivenValue {
  std::string name;  // "pax.age"; inside a member "age" or "visa.kind".
  FactId fact = FactId::pax_age;
  std::optional<Window> window;
  std::string window_text;
  bool unknown = false;
  Literal literal;
  bool is_members = false;  // A list of people: `members`, or `literal` is a count.
  std::vector<std::vector<GivenValue>> members;
  Position position;
};

struct EmbeddedTest {
  enum class Expect : std::uint8_t { kMatch, kNoMatch, kUnknown };
  std::string name;
  Expect expect = Expect::kMatch;
  std::vector<GivenValue> given;
  Position position;
  Comments comments;
};

enum class RuleStatus : std::uint8_t { kDraft, kShadow, kLive, kRetired };

struct Rule {
  std::string id, title;
  RuleLevel level = RuleLevel::kPassenger;
  Severity severity = Severity::kLow;
  std::int32_t points = 0;
  RuleStatus status = RuleStatus::kLive;
  std::string family;  // Empty in the text: the rule's own id.
  std::optional<std::pair<Date, Date>> effective;
  std::optional<Date> review_by;
  std::string route, snooze_key, source, fairness, why;
  std::vector<std::pair<std::string, std::string>> justify;  // class, text
  ExprPtr when, unless;
  std::vector<EmbeddedTest> tests;
  Position position;
  Comments comments;
  std::vector<std::pair<std::string, Comments>> line_comments;  // By meta name.
  // Of an overlay: not a rule of its own, but what it changes of the base's rule of this id: `route` if it is not
  // empty, and `points` if they are given.
  bool is_change = false;
  bool gives_points = true;

  std::string_view Family() const { return family.empty() ? id : family; }
};

struct Profile {
  std::string id, title;
  std::int64_t version = 0;
  std::string extends;
  std::string purpose, legal, owner, approver;
  std::optional<std::pair<Date, Date>> effective;
  std::optional<Date> review_by;
  ProfileParameters parameters;
  std::string sample_share;  // Its digits as written; empty if it is not.
  std::vector<ListDefinition> lists;
  std::vector<Define> defines;
  std::vector<Rule> rules;
  Comments comments;
  std::vector<std::pair<std::string, Comments>> line_comments;
  // Of an overlay (`extends`): this is the base's profile with the overlay's changes; here is the overlay itself, as it
  // was written, which is what its canonical text and exchange form show.
  std::shared_ptr<const Profile> as_written;
  std::string base_hash;       // ProfileHash of the base.
  std::size_t base_rules = 0;  // So many of the rules, the first, are the base's; their places are in its file.
};

}  // namespace landfall::rules
