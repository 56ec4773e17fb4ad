#include "io/table_rows.hpp"

#include <algorithm>

#include <fmt/ranges.h>

#include "io/text.hpp"

namespace detente {
namespace {

constexpr std::size_t rows_between_reports = 1U << 16;
constexpr std::size_t most_errors = 100'000;  // one table's findings stay in memory: beyond this they are only counted

// The columns of a header that was not split because it is separated by tabs.
std::vector<std::string> at_tabs(const std::string& line) {
  std::vector<std::string> columns;
  for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
    end = line.find('\t', begin);
    columns.push_back(line.substr(begin, end - begin));
  }
  return columns;
}

}  // namespace

TableRows::TableRows(RecordDraft& draft, Table table, std::string file, const Preset& preset)
    : draft_(draft),
      preset_(preset),
      count_{std::string(to_string(table)), std::move(file)},
      part_{count_.file, 0},
      columns_(columns_of(table, preset)),
      known_layout_(table == Table::events && (!preset.columns.empty() || preset.coded)) {}

void TableRows::begin_file(const FilePart& part) { part_ = part; }

void TableRows::header(std::span<const std::string> names, std::size_t line) {
  line_ = header_line_ = line;
  refuse_duplicates(names);
  names_.assign(names.begin(), names.end());
  places_.assign(columns_.size(), absent);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    for (const std::string& name : columns_[c].names) {
      const std::optional<std::size_t> found = column_named(name, names_);
      if (!found || std::find(places_.begin(), places_.end(), *found) != places_.end()) continue;
      places_[c] = *found;
      break;
    }
    if (places_[c] != absent && !preset_.coded) say_column(c);
    if (places_[c] == absent && columns_[c].required) throw Error(missing(columns_[c]));
  }
  checked_.clear();  // of a published layout, only what is read
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (!known_layout_ || std::find(places_.begin(), places_.end(), i) != places_.end()) checked_.push_back(i);
  if (!known_layout_ && !keeps_extra_columns())
    for (const ExtraColumn& column : extra_columns()) note_extra_column(column.name);
  begin();
}

// A name that is not one of the format's own is said, with what it is taken for.
void TableRows::say_column(std::size_t column) {
  const std::string& given = names_[places_[column]];
  const std::vector<std::string>& own = columns_[column].names;
  const bool usual = own.size() > 2 && std::find(own.begin() + 2, own.end(), given) != own.end();
  const bool known = std::find(own.begin(), own.end(), given) != own.end();
  if (known && !usual) return;
  draft_.findings.add(Level::note, "column-name",
                      {.what = fmt::format("the column '{}' is read as '{}'", printable(given), own.front()),
                       .where = {.file = part_.file, .line = header_line_}});
}

void TableRows::refuse_duplicates(std::span<const std::string> names) const {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::find(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, names.end(), names[i]) != names.end())
      throw Error({.what = fmt::format("the column '{}' is there twice", printable(names[i])),
                   .where = {.file = part_.file, .line = line_},
                   .expected = "every column once"});
}

Problem TableRows::missing(const ColumnSpec& column) const {
  std::vector<std::string> shown;
  for (const std::string& name : names_) shown.push_back(printable(name, 40));
  if (shown.size() > 20) shown.resize(20);
  const std::span<const std::string> own(column.names.data(), std::min<std::size_t>(2, column.names.size()));
  Problem problem{.what = fmt::format("there is no column '{}'", column.names.front()),
                  .where = {.file = part_.file, .line = line_},
                  .got = fmt::format("the columns {}", fmt::join(shown, ", ")),
                  .expected = fmt::format("a column named {}", fmt::join(own, " or "))};
  const bool looks_like_data =
      std::any_of(names_.begin(), names_.end(), [](const std::string& name) { return guess_clock(name).has_value(); });
  for (const std::string& name : column.names)
    if (const std::string near = closest(name, names_); !near.empty() && problem.hint.empty())
      problem.hint = fmt::format("a similar column exists: '{}'", printable(near));
  if (names_.size() == 1)
    for (const char delimiter : {'\t', ';', ','})
      if (names_[0].find(delimiter) != std::string::npos)
        problem.hint = fmt::format("the file seems to be separated by {}",
                                   delimiter == '\t' ? "tabs: call it .tsv" : fmt::format("'{}'", delimiter));
  if (const std::string preset = preset_with_columns(names_.size() == 1 ? at_tabs(names_[0]) : names_);
      count_.table == "events" && !preset.empty())
    problem.hint = fmt::format("these are the columns of --preset {}", preset);
  if (problem.hint.empty() && count_.table == "events")
    problem.hint = "--columns \"time=...,source=...,target=...\" says what the columns are called here";
  if (looks_like_data) problem.hint = "the first line must name the columns; this one looks like data";
  return problem;
}

std::vector<TableRows::ExtraColumn> TableRows::extra_columns() const {
  std::vector<ExtraColumn> extra;
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (std::find(places_.begin(), places_.end(), i) == places_.end()) extra.push_back({names_[i], i});
  return extra;
}

void TableRows::note_extra_column(const std::string& name, std::string_view why) {
  line_ = header_line_;
  find(Level::note, "extra-column", {.what = fmt::format("the column '{}' {}", printable(name), why)});
}

bool TableRows::row(std::span<const std::string_view> cells, std::size_t line) {
  cells_ = cells;
  line_ = line;
  ++count_.read;
  ++(is_text(cells) && add() ? count_.kept : count_.set_aside);
  if (progress_ && count_.read % rows_between_reports == 0) progress_(count_.read);
  return true;
}

void TableRows::bad_row(std::string code, Problem problem) {
  line_ = problem.where.line;
  ++count_.read;
  ++count_.set_aside;
  refuse(std::move(code), std::move(problem));
}

void TableRows::warn(const std::string& code, const Problem& problem) {
  line_ = problem.where.line;
  find(Level::warning, code, problem);
}

void TableRows::note(const std::string& code, const Problem& problem) {
  Problem said = problem;
  said.where.file = part_.file;
  draft_.findings.add(Level::note, code, std::move(said));
}

bool TableRows::is_text(std::span<const std::string_view> cells) {
  for (const std::size_t i : checked_) {
    const TextFault fault = fault_in(cells[i]);
    if (fault == TextFault::none) continue;
    const std::string got = fmt::format("'{}'", printable(cells[i]));
    return fault == TextFault::nul
               ? refuse("nul-byte", {.what = fmt::format("a NUL byte in column '{}'", printable(names_[i])),
                                     .got = got,
                                     .hint = "is this a text file, saved as UTF-8?"})
               : refuse("bad-utf8", {.what = fmt::format("invalid UTF-8 in column '{}'", printable(names_[i])),
                                     .got = got,
                                     .hint = "--encoding windows-1252 (or latin-1) reads it, if that is what it is; or "
                                             "save the file as UTF-8"});
  }
  return true;
}

void TableRows::finish() {
  end();
  for (const auto& [what, tally] : tallies_)
    if (tally.rows > 1)
      draft_.findings.list[tally.finding].problem.what +=
          fmt::format(" (and {} more {})", tally.rows - 1, tally.rows == 2 ? "row" : "rows");
  if (errors_ > most_errors)
    draft_.findings.add(Level::error, "more-errors",
                        {.what = fmt::format("{} more rows have errors that are not listed", errors_ - most_errors),
                         .where = {.file = count_.file}});
  draft_.findings.tables.push_back(count_);
  if (progress_) progress_(count_.read);
}

void TableRows::find(Level level, std::string code, Problem problem) {
  if (level == Level::error && ++errors_ > most_errors) return;
  problem.where = place();
  draft_.findings.add(level, std::move(code), std::move(problem));
}

bool TableRows::refuse(std::string code, Problem problem) {
  find(Level::error, std::move(code), std::move(problem));
  return false;
}

void TableRows::tally(Level level, std::string code, Problem problem) {
  std::string key = fmt::format("{} {}", code, problem.what);
  if (const auto known = tallies_.find(key); known != tallies_.end()) {
    ++known->second.rows;
    return;
  }
  const std::size_t place = draft_.findings.list.size();
  find(level, std::move(code), std::move(problem));
  if (draft_.findings.list.size() > place) tallies_.emplace(std::move(key), Tally{place, 1});
}

bool TableRows::set_aside(std::string code, Problem problem) {
  ++count_.warned;
  find(Level::warning, std::move(code), std::move(problem));
  return false;
}

bool TableRows::set_aside_and_tally(std::string code, Problem problem) {
  ++count_.warned;
  tally(Level::warning, std::move(code), std::move(problem));
  return false;
}

void TableRows::set_aside_later(std::size_t rows) {
  count_.kept -= rows;
  count_.set_aside += rows;
  count_.warned += rows;
}

bool TableRows::refuse_empty(std::string_view column) {
  return refuse("empty-cell", {.what = fmt::format("an empty cell in column '{}'", printable(column))});
}

ActorId TableRows::actor_of(std::string_view id) {
  const auto known = draft_.actors.find(id);
  return known ? *known : add_actor(draft_, id, line());
}

bool TableRows::accept_actor(std::string_view column, std::string_view id) {
  const bool good = !id.empty() && (!draft_.record.closed_actors || draft_.actors.find(id));
  return good || refuse_unknown_actor(column, id);
}

bool TableRows::refuse_unknown_actor(std::string_view column, std::string_view id) {
  if (id.empty()) return refuse_empty(column);
  return refuse("unknown-actor", {.what = fmt::format("unknown actor '{}' in column '{}'", printable(id), column),
                                  .got = fmt::format("'{}'", printable(id)),
                                  .expected = draft_.record.closed_actors ? "an actor that the record declares"
                                                                          : "an actor of some event or tie",
                                  .hint = actor_hint(draft_, id)});
}

bool TableRows::refuse_number(std::string_view column, std::string_view text) {
  return refuse("bad-number", {.what = fmt::format("unreadable number in column '{}'", column),
                               .got = text.empty() ? "an empty cell" : fmt::format("'{}'", printable(text)),
                               .expected = "a finite number",
                               .hint = read_number(text, true) ? "--decimal , reads a comma before decimals" : ""});
}

std::optional<Time> TableRows::time_or_always(std::string_view column, std::string_view text) {
  if (text.empty()) return always;
  const std::optional<ParsedTime> moment = time_in(column, text);
  return moment ? std::optional(moment->time) : std::nullopt;
}

std::optional<ParsedTime> TableRows::time_in(std::string_view column, std::string_view text) {
  const std::optional<ParsedTime> moment = read_time(draft_, text);
  if (!moment) refuse(draft_.clock && guess_clock(text) ? "mixed-dates" : "bad-date", bad_date(draft_, column, text));
  return moment;
}

}  // namespace detente
