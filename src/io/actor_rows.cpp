#include "io/actor_rows.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/ranges.h>

namespace detente {
namespace {

constexpr std::string_view unknown_value = "NA";  // as R writes it

}  // namespace

bool ActorRows::add() {
  const std::string_view id = cell(ActorColumn::id);
  if (id.empty()) return refuse_empty(name_of(ActorColumn::id));
  Actor actor{.id = std::string(id),
              .name = std::string(cell(ActorColumn::name)),
              .kind = std::string(cell(ActorColumn::kind)),
              .note = std::string(cell(ActorColumn::note)),
              .line = line()};
  if (actor.name.empty()) actor.name = actor.id;
  if (const std::string_view text = cell(ActorColumn::enters); !text.empty()) {
    const auto enters = time_in(name_of(ActorColumn::enters), text);
    if (!enters) return false;
    actor.enters = earliest(*enters);
    actor.enters_declared = true;
  }
  if (const std::string_view text = cell(ActorColumn::leaves); !text.empty()) {
    const auto leaves = time_in(name_of(ActorColumn::leaves), text);
    if (!leaves) return false;
    actor.leaves = leaves->time;
  }
  if (actor.leaves < actor.enters)
    return refuse("leaves-before-enters",
                  {.what = fmt::format("the actor '{}' leaves before it enters", printable(id)),
                   .got = fmt::format("enters {}, leaves {}", cell(ActorColumn::enters), cell(ActorColumn::leaves))});
  if (const auto known = draft().actors.find(id)) return add_spell(record().actors[*known], actor);
  draft().actors.add(id, static_cast<ActorId>(record().actors.size()));
  record().actors.push_back(std::move(actor));
  return true;
}

// A further row of an actor is a further time that it is present: it was away in between.
bool ActorRows::add_spell(Actor& actor, const Actor& next) {
  if (!next.enters_declared || next.enters <= actor.leaves)
    return refuse(
        "duplicate-actor",
        {.what = fmt::format("the actor '{}' is there twice", printable(actor.id)),
         .expected = "every actor once; or a row for each time that it is present, in their order, with the day "
                     "on which it enters and the one on which it leaves",
         .hint = fmt::format("the first is in line {}", actor.line)});
  actor.absences.push_back({actor.leaves, next.enters});
  actor.leaves = next.leaves;
  return true;
}

void TieRows::begin() {
  for (ExtraColumn& column : extra_columns()) further_.push_back({std::move(column)});
}

void TieRows::read_further() {
  for (Further& further : further_) {
    const std::string_view text = cell_at(further.column.place);
    const std::optional<double> number = number_in(text);
    further.numeric = further.numeric && (number || text.empty());
    further.any = further.any || !text.empty();
    further.values.push_back(number.value_or(std::nan("")));
  }
}

void TieRows::end() {
  for (Further& further : further_) {
    if (further.numeric && further.any)
      record().tie_attributes.push_back({std::move(further.column.name), std::move(further.values)});
    else
      note_extra_column(further.column.name,
                        further.any ? "is not read: an attribute of ties is a number" : "is empty and is not read");
  }
}

bool TieRows::add() {
  Tie tie{};
  tie.end = never;
  tie.line = line();
  tie.id = cell(TieColumn::id);
  if (tie.id.empty()) tie.id = fmt::format("tie-{}", line());
  if (const auto known = ids_.find(tie.id))
    return refuse("duplicate-tie", {.what = fmt::format("the tie '{}' is there twice", printable(tie.id)),
                                    .expected = "every id once",
                                    .hint = fmt::format("the first is in line {}", *known)});
  const std::string_view a = cell(TieColumn::a);
  const std::string_view b = cell(TieColumn::b);
  if (!accept_actor(name_of(TieColumn::a), a) || !accept_actor(name_of(TieColumn::b), b) || !read_ends(tie))
    return false;
  if (a == b)
    return refuse("self-tie", {.what = fmt::format("a tie of '{}' with itself", printable(a)),
                               .expected = "two actors that differ"});
  tie.kind = has(TieColumn::kind) ? cell(TieColumn::kind) : "alliance";
  if (tie.kind.empty()) return refuse_empty(name_of(TieColumn::kind));
  tie.a = actor_of(a);
  tie.b = actor_of(b);
  tie.how_it_ended = cell(TieColumn::how_it_ended);
  tie.reference = cell(TieColumn::reference);
  ids_.add(tie.id, line());
  read_further();
  record().ties.push_back(std::move(tie));
  return true;
}

bool TieRows::read_ends(Tie& tie) {
  const auto start = time_in(name_of(TieColumn::start), cell(TieColumn::start));
  if (!start) return false;
  tie.start = start->time;
  tie.start_precision = start->precision;
  tie.ending = cell(TieColumn::ending);
  if (const std::string_view text = cell(TieColumn::end); !text.empty()) {
    const auto end = time_in(name_of(TieColumn::end), text);
    if (!end) return false;
    tie.end = end->time;
    tie.end_precision = end->precision;
    if (end->time < earliest(*start))
      return refuse("end-before-start", {.what = fmt::format("the tie '{}' ends before it starts", printable(tie.id)),
                                         .got = fmt::format("start {}, end {}", cell(TieColumn::start), text)});
    tie.start = std::min(tie.start, tie.end);  // a start known to the month may stand after an end known to the day
    check_ending(tie);
  } else if (!tie.ending.empty()) {
    return refuse("ending-without-end",
                  {.what = fmt::format("the tie '{}' has an ending but no end", printable(tie.id)),
                   .got = fmt::format("'{}'", printable(tie.ending)),
                   .expected = "a date in column 'end', or no ending for a tie in force"});
  }
  return true;
}

void TieRows::check_ending(Tie& tie) {
  static const std::vector<std::string> endings{"rupture", "exit", "fulfilled", "renegotiated",
                                                "closed",  "loss", "other"};
  if (tie.ending.empty()) {
    find(Level::note, "no-ending",
         {.what = fmt::format("how the tie '{}' ended is not said: 'other' is assumed", printable(tie.id))});
    tie.ending = "other";
  }
  if (std::find(endings.begin(), endings.end(), tie.ending) != endings.end()) return;
  const std::string near = closest(tie.ending, endings);
  find(Level::warning, "unknown-ending",
       {.what = fmt::format("unknown ending '{}': it counts as no rupture", printable(tie.ending)),
        .got = fmt::format("'{}'", printable(tie.ending)),
        .expected = fmt::format("one of {}", fmt::join(endings, ", ")),
        .hint = near.empty() ? "" : fmt::format("a similar ending exists: '{}'", near)});
}

bool AttributeRows::add() {
  const std::string_view id = cell(AttributeColumn::actor);
  const auto actor = draft().actors.find(id);
  if (!actor) return refuse_unknown_actor(name_of(AttributeColumn::actor), id);
  const std::string_view name = cell(AttributeColumn::attribute);
  if (name.empty()) return refuse_empty(name_of(AttributeColumn::attribute));
  const std::string_view text = cell(AttributeColumn::value);
  if (text.empty()) return refuse_empty(name_of(AttributeColumn::value));
  const std::optional<Time> time = time_or_always(name_of(AttributeColumn::date), cell(AttributeColumn::date));
  if (!time) return false;
  if (text == "nan" || text == "NaN" || text == "inf" || text == "-inf")
    return refuse_number(name_of(AttributeColumn::value), text);
  auto found = texts_.find(name);
  if (found == texts_.end()) {
    names_.emplace_back(name);
    found = texts_.emplace(std::string(name), Texts{}).first;
    if (name == "kind")
      find(Level::warning, "hidden-attribute",
           {.what = "an attribute cannot be read by the name 'kind': formulas find the column of actors.csv",
            .hint = "give it another name"});
  }
  put(name, found->second, {*actor, *time, std::string(text)});
  return true;
}

void AttributeRows::put(std::string_view name, Texts& texts, Cell cell) {
  const bool is_unknown = cell.text == unknown_value;
  const bool is_number = number_in(cell.text).has_value();
  if (is_unknown && texts.unknown++ == 0) texts.first_unknown = place();
  if (!is_unknown && !is_number && texts.first_word.line == 0) texts.first_word = place();
  texts.numbers += is_number ? 1 : 0;
  const auto [known, is_new] = texts.latest.try_emplace({cell.actor, cell.time}, texts.cells.size());
  if (!is_new && texts.cells[known->second].text != cell.text)
    tally(Level::warning, "duplicate-value",
          {.what = fmt::format("'{}' of an actor has two values at one time: the last row holds", printable(name)),
           .got = fmt::format("'{}' and '{}' of '{}'", printable(texts.cells[known->second].text), printable(cell.text),
                              printable(record().actors[cell.actor].id)),
           .expected = "one value of an actor at a time"});
  known->second = texts.cells.size();
  texts.cells.push_back(std::move(cell));
}

void AttributeRows::end() {
  for (const std::string& name : names_) {
    Texts& texts = texts_.find(name)->second;
    check(name, texts);
    record().attributes.push_back(attribute_of(name, texts));
  }
}

void AttributeRows::check(const std::string& name, Texts& texts) {
  const std::size_t words = texts.cells.size() - texts.numbers - texts.unknown;
  if (words == 0 && texts.numbers > 0 && texts.unknown > 0) {
    std::erase_if(texts.cells, [](const Cell& cell) { return cell.text == unknown_value; });
    set_aside_later(texts.unknown);
    draft().findings.add(
        Level::warning, "missing-value",
        {.what = fmt::format("'{}' is {} in {} {}: not known there, and a value before stays in force", printable(name),
                             unknown_value, texts.unknown, texts.unknown == 1 ? "row" : "rows"),
         .where = texts.first_unknown,
         .hint = "[missing] in a model says what stands for actors without a value"});
  } else if (words > 0 && texts.numbers > words) {
    draft().findings.add(Level::warning, "words-among-numbers",
                         {.what = fmt::format("'{}' is a factor, though {} of its {} values are numbers",
                                              printable(name), texts.numbers, texts.cells.size()),
                          .where = texts.first_word,
                          .expected = fmt::format("numbers alone, with {} where none is known", unknown_value)});
  }
}

Attribute AttributeRows::attribute_of(const std::string& name, const Texts& texts) const {
  Attribute attribute{.name = name, .levels = {}, .values = {}};
  const bool numeric = texts.numbers == texts.cells.size();
  NameIndex levels;
  for (const Cell& c : texts.cells) {
    double value = 0;
    if (numeric) {
      value = *number_in(c.text);
    } else {
      const auto level = levels.find(c.text);
      value = level ? *level : static_cast<double>(attribute.levels.size());
      if (!level) {
        levels.add(c.text, static_cast<std::uint32_t>(attribute.levels.size()));
        attribute.levels.push_back(c.text);
      }
    }
    attribute.values.push_back({c.actor, c.time, value});
  }
  std::stable_sort(attribute.values.begin(), attribute.values.end(),
                   [](const AttributeValue& a, const AttributeValue& b) {
                     return std::tie(a.actor, a.time) < std::tie(b.actor, b.time);
                   });
  return attribute;
}

}  // namespace detente
