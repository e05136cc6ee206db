#include "rules/run.h"

#include <algorithm>
#include <limits>

#include "rules/kernels.h"

namespace landfall::rules {
namespace {

using Kind = ConditionNode::Kind;
using NumberKind = NumberNode::Kind;

// Memory of a thread, kept between runs.
struct Scratch {
  std::vector<const FactColumn*> columns;  // nullptr: nothing of it is known.
  std::vector<const FactColumn*> asked;    // By column of the asker: where its values come from.
  std::vector<FactColumn> broadcast;       // By column of the asker: one value of it in many rows.
  std::vector<TextNumbers> text_sets;
  std::vector<NumberBuffer> buffers;
  std::vector<NumberView> views;
  std::vector<Word> chunk_words;  // Two bitmaps of a chunk per condition.
  std::vector<Word> table_words;  // Two bitmaps of the table per condition that is needed whole.
  std::vector<Truth> truths;      // Where each condition's result lies.
  std::vector<std::size_t>
      whole;  // By condition: its place in table_words; kNotWhole if it has none.
  std::vector<TallyCounts> tallies;
};
constexpr std::size_t kNotWhole = std::numeric_limits<std::size_t>::max();

class Runner {
 public:
  Runner(const Program& program, const FactTable& table, Scratch& scratch, RuleOutcomes& out)
      : program_(program), table_(table), scratch_(scratch), out_(out) {}
  void Run();

 private:
  void ResolveColumns();
  void ResolveTextSets();
  void ResolveTextSet(const TextSet& set, TextNumbers& numbers) const;
  void PlaceTruths();
  void EvaluateBodies();
  void ReduceGroups();
  void ReduceAny(const ConditionNode& node, Truth out);
  void CountMembers(const Tally& tally, TallyCounts& counts);
  void CountPairs(std::size_t tally, TallyCounts& counts);
  void CountForAsker(std::size_t tally, std::size_t row, std::pair<std::size_t, std::size_t> rows,
                     TallyCounts& counts);
  bool AsksTheSame(const std::vector<std::int32_t>& columns, std::size_t a, std::size_t b) const;
  void Broadcast(std::int32_t column, std::size_t row, const Chunk& chunk);
  void Evaluate(const Program::Schedule& schedule, const Chunk& chunk);
  void WriteOutcomes(const Chunk& chunk);

  void EvaluateNumber(std::int32_t number, const Chunk& chunk);
  void EvaluateCondition(const ConditionNode& node, const Chunk& chunk, Truth out) const;
  void And(const ConditionNode& node, const Chunk& chunk, Truth out) const;

  const FactColumn* Column(std::int32_t number) const {
    return scratch_.columns[static_cast<std::size_t>(number)];
  }
  const NumberNode& Number(std::int32_t number) const {
    return program_.numbers[static_cast<std::size_t>(number)];
  }
  const NumberView& View(std::int32_t number) const {
    return scratch_.views[static_cast<std::size_t>(number)];
  }
  ConstTruth Result(ConditionRef ref) const {
    const Truth truth = scratch_.truths[static_cast<std::size_t>(ref / 2)];
    return ref % 2 == 0 ? ConstTruth{truth.yes, truth.no} : ConstTruth{truth.no, truth.yes};
  }
  Truth Whole(std::size_t place, std::size_t first_word) const {
    Word* const words = scratch_.table_words.data() + place * 2 * table_words_ + first_word;
    return {words, words + table_words_};
  }
  ConstTruth WholeResult(ConditionRef ref) const {
    const Truth truth = Whole(scratch_.whole[static_cast<std::size_t>(ref / 2)], 0);
    return ref % 2 == 0 ? ConstTruth{truth.yes, truth.no} : ConstTruth{truth.no, truth.yes};
  }
  template <typename Visit>
  void ForEachGroup(FactId list, Visit visit) const;
  template <typename Visit>
  void ForEachChunk(Visit visit) const;

  const Program& program_;
  const FactTable& table_;
  Scratch& scratch_;
  RuleOutcomes& out_;
  std::size_t table_words_ = 0;
};

template <typename Visit>
void Runner::ForEachGroup(FactId list, Visit visit) const {
  const bool is_flight = list == FactId::flight_passengers;
  const std::size_t groups = is_flight ? table_.flights() : table_.parties();
  for (std::size_t group = 0; group < groups; ++group) {
    const std::pair<std::size_t, std::size_t> rows =
        is_flight ? table_.FlightRows(group) : table_.PartyRows(group);
    visit(rows);
  }
}

template <typename Visit>
void Runner::ForEachChunk(Visit visit) const {
  for (std::size_t row = 0; row < table_.rows(); row += kChunkRows) {
    const std::size_t rows = std::min(kChunkRows, table_.rows() - row);
    visit(Chunk{row, rows, row / kWordRows, WordsFor(rows)});
  }
}

void MakeRoom(const FactColumn& like, std::size_t rows, FactColumn& column) {
  column.known.resize(WordsFor(rows));
  column.small.resize(like.small.empty() ? 0 : rows);
  column.ints.resize(like.ints.empty() ? 0 : rows);
  column.nums.resize(like.nums.empty() ? 0 : rows);
  column.texts.resize(like.texts.empty() ? 0 : rows);
}

void Runner::ResolveColumns() {
  const std::size_t count = program_.columns.size();
  scratch_.columns.assign(count, nullptr);
  scratch_.asked.assign(count, nullptr);
  scratch_.broadcast.resize(std::max(scratch_.broadcast.size(), count));
  for (std::size_t i = 0; i < count; ++i) {
    const ColumnKey& key = program_.columns[i];
    const FactColumn* const column =
        key.window ? table_.WindowColumn(key.fact, *key.window) : &table_.Column(key.fact);
    if (column == nullptr || column->known.empty()) continue;
    scratch_.columns[i] = column;
    if (!key.of_asker) continue;
    MakeRoom(*column, table_.rows(), scratch_.broadcast[i]);
    scratch_.asked[i] = column;
    scratch_.columns[i] = &scratch_.broadcast[i];
  }
}

// A long list is looked up by the table's texts, of which there are fewer.
void Runner::ResolveTextSet(const TextSet& set, TextNumbers& numbers) const {
  const std::size_t texts = table_.text_count();
  numbers.is_few = set.size() <= kFewValues;
  if (numbers.is_few) {
    std::size_t i = 0;
    std::uint32_t number = 0;
    for (const std::string& text : set) {
      // No text has a number as high as this.
      number = table_.FindText(text).value_or(std::numeric_limits<std::uint32_t>::max());
      numbers.few[i++] = number;
    }
    std::fill(numbers.few.begin() + static_cast<std::ptrdiff_t>(i), numbers.few.end(), number);
    return;
  }
  numbers.is_in.assign(texts, 0);
  if (set.size() < texts) {
    for (const std::string& text : set) {
      if (const auto number = table_.FindText(text)) numbers.is_in[*number] = 1;
    }
    return;
  }
  for (std::uint32_t number = 0; number < texts; ++number) {
    numbers.is_in[number] = set.contains(table_.Text(number)) ? 1 : 0;
  }
}

void Runner::ResolveTextSets() {
  scratch_.text_sets.resize(std::max(scratch_.text_sets.size(), program_.text_sets.size()));
  for (std::size_t i = 0; i < program_.text_sets.size(); ++i) {
    ResolveTextSet(program_.text_sets[i], scratch_.text_sets[i]);
  }
}

void Runner::PlaceTruths() {
  const std::size_t conditions = program_.conditions.size();
  scratch_.whole.assign(conditions, kNotWhole);
  std::size_t places = 0;
  for (const std::int32_t root : program_.body_roots)
    scratch_.whole[static_cast<std::size_t>(root)] = places++;
  for (std::size_t i = 0; i < conditions; ++i) {
    if (program_.conditions[i].kind == Kind::kAny) scratch_.whole[i] = places++;
  }
  scratch_.table_words.assign(places * 2 * table_words_, 0);
  scratch_.chunk_words.resize(std::max(scratch_.chunk_words.size(), conditions * 2 * kChunkWords));
  scratch_.truths.resize(conditions);
  for (std::size_t i = 0; i < conditions; ++i) {
    Word* const words = scratch_.chunk_words.data() + i * 2 * kChunkWords;
    scratch_.truths[i] = {words, words + kChunkWords};
  }
  scratch_.buffers.resize(
      std::max(scratch_.buffers.size(), static_cast<std::size_t>(program_.buffer_count)));
  scratch_.views.resize(program_.numbers.size());
}

void Runner::EvaluateBodies() {
  if (program_.body_roots.empty()) return;
  ForEachChunk([&](const Chunk& chunk) {
    Evaluate(program_.bodies, chunk);
    for (const std::int32_t root : program_.body_roots) {
      const ConstTruth result = Result(root * 2);
      const Truth whole = Whole(scratch_.whole[static_cast<std::size_t>(root)], chunk.first_word);
      std::copy_n(result.yes, chunk.words, whole.yes);
      std::copy_n(result.no, chunk.words, whole.no);
    }
  });
}

void Runner::ReduceGroups() {
  for (std::size_t i = 0; i < program_.conditions.size(); ++i) {
    const ConditionNode& node = program_.conditions[i];
    if (node.kind == Kind::kAny) ReduceAny(node, Whole(scratch_.whole[i], 0));
  }
  scratch_.tallies.resize(std::max(scratch_.tallies.size(), program_.tallies.size()));
  for (std::size_t i = 0; i < program_.tallies.size(); ++i) {
    if (program_.tallies[i].of_pairs)
      CountPairs(i, scratch_.tallies[i]);
    else
      CountMembers(program_.tallies[i], scratch_.tallies[i]);
  }
}

void Runner::ReduceAny(const ConditionNode& node, Truth out) {
  const ConstTruth body = WholeResult(node.a);
  ForEachGroup(node.list, [&](std::pair<std::size_t, std::size_t> rows) {
    if (AnyBit(body.yes, rows))
      SetBits(out.yes, rows);
    else if (EveryBit(body.no, rows))
      SetBits(out.no, rows);
  });
}

void Runner::CountMembers(const Tally& tally, TallyCounts& counts) {
  const ConstTruth body = WholeResult(tally.body);
  counts.true_for.assign(table_.rows(), 0);
  counts.unknown_for.assign(table_.rows(), 0);
  ForEachGroup(tally.list, [&](std::pair<std::size_t, std::size_t> rows) {
    const std::size_t true_for = CountBits(body.yes, rows);
    const std::size_t unknown_for = rows.second - rows.first - true_for - CountBits(body.no, rows);
    std::fill(counts.true_for.begin() + static_cast<std::ptrdiff_t>(rows.first),
              counts.true_for.begin() + static_cast<std::ptrdiff_t>(rows.second),
              static_cast<std::uint32_t>(true_for));
    std::fill(counts.unknown_for.begin() + static_cast<std::ptrdiff_t>(rows.first),
              counts.unknown_for.begin() + static_cast<std::ptrdiff_t>(rows.second),
              static_cast<std::uint32_t>(unknown_for));
  });
}

template <typename T>
void FillRows(const std::vector<T>& from, std::size_t row, const Chunk& chunk, std::vector<T>& to) {
  if (!from.empty())
    std::fill_n(to.begin() + static_cast<std::ptrdiff_t>(chunk.first_row), chunk.rows, from[row]);
}

// The value that `row` has, for all rows of the chunk.
void Runner::Broadcast(std::int32_t column, std::size_t row, const Chunk& chunk) {
  const auto i = static_cast<std::size_t>(column);
  if (scratch_.asked[i] == nullptr) return;
  const FactColumn& from = *scratch_.asked[i];
  FactColumn& to = scratch_.broadcast[i];
  std::fill_n(to.known.begin() + static_cast<std::ptrdiff_t>(chunk.first_word), chunk.words,
              from.IsKnown(row) ? ~Word{0} : 0);
  FillRows(from.small, row, chunk, to.small);
  FillRows(from.ints, row, chunk, to.ints);
  FillRows(from.nums, row, chunk, to.nums);
  FillRows(from.texts, row, chunk, to.texts);
}

bool HoldSame(const FactColumn& column, std::size_t a, std::size_t b) {
  if (column.IsKnown(a) != column.IsKnown(b)) return false;
  const auto same = [a, b](const auto& values) { return values.empty() || values[a] == values[b]; };
  return same(column.small) && same(column.ints) && same(column.nums) && same(column.texts);
}

bool Runner::AsksTheSame(const std::vector<std::int32_t>& columns, std::size_t a,
                         std::size_t b) const {
  return std::all_of(columns.begin(), columns.end(), [&](std::int32_t column) {
    const FactColumn* const asked = scratch_.asked[static_cast<std::size_t>(column)];
    return asked == nullptr || HoldSame(*asked, a, b);
  });
}

// The body on the whole group, once for each row that asks.
void Runner::CountPairs(std::size_t tally, TallyCounts& counts) {
  counts.true_for.assign(table_.rows(), 0);
  counts.unknown_for.assign(table_.rows(), 0);
  const std::vector<std::int32_t>& columns = program_.pairs[tally].asker_columns;
  ForEachGroup(program_.tallies[tally].list, [&](std::pair<std::size_t, std::size_t> rows) {
    for (std::size_t row = rows.first; row < rows.second; ++row) {
      // Neighbours often have the same booking, flight or family.
      if (row > rows.first && AsksTheSame(columns, row - 1, row)) {
        counts.true_for[row] = counts.true_for[row - 1];
        counts.unknown_for[row] = counts.unknown_for[row - 1];
      } else {
        CountForAsker(tally, row, rows, counts);
      }
    }
  });
}

void Runner::CountForAsker(std::size_t tally, std::size_t row,
                           std::pair<std::size_t, std::size_t> rows, TallyCounts& counts) {
  const Program::PairBody& pairs = program_.pairs[tally];
  // Chunks begin with a word: rows of the group before do no harm.
  for (std::size_t first = rows.first / kWordRows * kWordRows; first < rows.second;
       first += kChunkRows) {
    const std::size_t last = std::min(first + kChunkRows, rows.second);
    const Chunk chunk{first, last - first, first / kWordRows, WordsFor(last - first)};
    for (const std::int32_t column : pairs.asker_columns) Broadcast(column, row, chunk);
    Evaluate(pairs.schedule, chunk);
    const ConstTruth body = Result(program_.tallies[tally].body);
    const std::pair<std::size_t, std::size_t> here{std::max(first, rows.first) - first,
                                                   last - first};
    const std::size_t true_for = CountBits(body.yes, here);
    counts.true_for[row] += static_cast<std::uint32_t>(true_for);
    counts.unknown_for[row] +=
        static_cast<std::uint32_t>(here.second - here.first - true_for - CountBits(body.no, here));
  }
}

void Runner::Evaluate(const Program::Schedule& schedule, const Chunk& chunk) {
  for (const std::int32_t number : schedule.numbers) EvaluateNumber(number, chunk);
  for (const std::int32_t condition : schedule.conditions) {
    const auto i = static_cast<std::size_t>(condition);
    const ConditionNode& node = program_.conditions[i];
    if (node.kind == Kind::kAny)
      scratch_.truths[i] = Whole(scratch_.whole[i], chunk.first_word);
    else
      EvaluateCondition(node, chunk, scratch_.truths[i]);
  }
}

void Runner::EvaluateNumber(std::int32_t number, const Chunk& chunk) {
  const auto i = static_cast<std::size_t>(number);
  const NumberNode& node = program_.numbers[i];
  if (node.kind == NumberKind::kColumn) {
    scratch_.views[i] = ViewOf(Column(node.a), chunk);
    return;
  }
  NumberBuffer& buffer = scratch_.buffers[static_cast<std::size_t>(program_.buffers[i])];
  scratch_.views[i] = {buffer.ints.data(), buffer.nums.data(), buffer.known.data()};
  switch (node.kind) {
    case NumberKind::kConstant:
      std::fill_n(buffer.ints.begin(), chunk.rows, node.integer);
      std::fill_n(buffer.nums.begin(), chunk.rows, node.number);
      std::fill_n(buffer.known.begin(), chunk.words, ~Word{0});
      return;
    case NumberKind::kToNum: {
      const NumberView from = View(node.a);
      for (std::size_t row = 0; row < chunk.rows; ++row)
        buffer.nums[row] = static_cast<double>(from.ints[row]);
      std::copy_n(from.known, chunk.words, buffer.known.begin());
      return;
    }
    default:
      Arithmetic(node, View(node.a), View(node.b), chunk.rows, buffer);
  }
}

void Runner::EvaluateCondition(const ConditionNode& node, const Chunk& chunk, Truth out) const {
  switch (node.kind) {
    case Kind::kTrue:
      return Fill(true, false, chunk, out);
    case Kind::kBool:
      return BoolColumn(Column(node.a), chunk, out);
    case Kind::kKnown:
      return KnownColumn(Column(node.a), chunk, out);
    case Kind::kEnumIn:
      return EnumIn(Column(node.a), node.mask, chunk, out);
    case Kind::kTextIn:
      return TextIn(Column(node.a), scratch_.text_sets[static_cast<std::size_t>(node.b)], chunk,
                    out);
    case Kind::kSameSmall:
    case Kind::kSameText:
      return SameValues(Column(node.a), Column(node.b), chunk, out);
    case Kind::kCompare:
      return CompareNumbers(node.op, View(node.a), View(node.b), Number(node.b), chunk, out);
    case Kind::kNumberIn:
      return NumberIn(View(node.a), program_.number_sets[static_cast<std::size_t>(node.b)], chunk,
                      out);
    case Kind::kNumberKnown:
      return NumberKnown(View(node.a), chunk, out);
    case Kind::kAnd:
      return And(node, chunk, out);
    case Kind::kIsTrue:
      return IsTrue(Result(node.a), chunk, out);
    case Kind::kIsKnown:
      return IsKnown(Result(node.a), chunk, out);
    case Kind::kSame:
      return SameOutcome(Result(node.a), Result(node.b), chunk, out);
    case Kind::kCount:
      return CompareCount(node.op, scratch_.tallies[static_cast<std::size_t>(node.a)], View(node.b),
                          Number(node.b).is_int, chunk, out);
    case Kind::kAny:
      return;  // Done before, for whole groups.
  }
}

void Runner::And(const ConditionNode& node, const Chunk& chunk, Truth out) const {
  const ConstTruth first = Result(node.args[0]);
  std::copy_n(first.yes, chunk.words, out.yes);
  std::copy_n(first.no, chunk.words, out.no);
  for (std::size_t i = 1; i < node.args.size(); ++i) AndInto(Result(node.args[i]), chunk, out);
}

void Runner::WriteOutcomes(const Chunk& chunk) {
  // Rows beyond the last are neither.
  const std::size_t tail = chunk.rows % kWordRows;
  const Word last_mask = tail == 0 ? ~Word{0} : (Word{1} << tail) - 1;
  for (std::size_t rule = 0; rule < program_.rules.size(); ++rule) {
    const Program::Rule& compiled = program_.rules[rule];
    const ConstTruth when = Result(compiled.when);
    Word* const fires = out_.rules[rule].fires.data() + chunk.first_word;
    Word* const unknown = out_.rules[rule].unknown.data() + chunk.first_word;
    for (std::size_t i = 0; i < chunk.words; ++i) {
      fires[i] = when.yes[i];
      unknown[i] = ~(when.yes[i] | when.no[i]);
    }
    if (compiled.unless) {
      const Word* const excused = Result(*compiled.unless).yes;
      for (std::size_t i = 0; i < chunk.words; ++i) {
        fires[i] &= ~excused[i];
        unknown[i] &= ~excused[i];
      }
    }
    fires[chunk.words - 1] &= last_mask;
    unknown[chunk.words - 1] &= last_mask;
  }
}

void Runner::Run() {
  table_words_ = WordsFor(table_.rows());
  out_.rules.resize(program_.rules.size());
  for (RuleOutcomes::Bits& bits : out_.rules) {
    bits.fires.resize(table_words_);
    bits.unknown.resize(table_words_);
  }
  ResolveColumns();
  ResolveTextSets();
  PlaceTruths();
  EvaluateBodies();
  ReduceGroups();
  ForEachChunk([&](const Chunk& chunk) {
    Evaluate(program_.main, chunk);
    WriteOutcomes(chunk);
  });
}

}  // namespace

void Run(const Program& program, const FactTable& table, RuleOutcomes& out) {
  static thread_local Scratch scratch;
  Runner(program, table, scratch, out).Run();
}

}  // namespace landfall::rules
