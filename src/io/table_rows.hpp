// What the readers of all tables have in common: finding the columns by name, counting rows, refusing text that is not
// text, and turning what is wrong with a row into a finding with its place.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "io/presets.hpp"
#include "io/record_draft.hpp"
#include "io/table.hpp"

namespace detente {

class TableRows : public TableReader {
 public:
  TableRows(RecordDraft& draft, Table table, std::string file, const Preset& preset);
  void begin_file(const FilePart& part) final;
  void header(std::span<const std::string> names, std::size_t line) final;
  bool row(std::span<const std::string_view> cells, std::size_t line) final;
  void bad_row(std::string code, Problem problem) final;
  void warn(const std::string& code, const Problem& problem) final;
  void note(const std::string& code, const Problem& problem) final;
  // After the last row: what only the whole table shows, then the counts.
  void finish();
  void report_progress(std::function<void(std::size_t)> progress) { progress_ = std::move(progress); }

 protected:
  // One well-formed row.  False = it was refused, with a finding.
  virtual bool add() = 0;
  virtual void begin() {}
  virtual void end() {}
  // Whether columns without a meaning of their own are read all the same; those that are not are noted.
  virtual bool keeps_extra_columns() { return false; }
  struct ExtraColumn {
    std::string name;
    std::size_t place;
  };
  [[nodiscard]] std::vector<ExtraColumn> extra_columns() const;
  [[nodiscard]] std::string_view cell_at(std::size_t place) const { return cells_[place]; }
  void note_extra_column(const std::string& name, std::string_view why = "has no meaning here and is not read");

  // The cell of a column in the current row; empty where the table has no such column.
  template <class Column>
  [[nodiscard]] std::string_view cell(Column column) const {
    const std::size_t at = places_[static_cast<std::size_t>(column)];
    return at == absent ? std::string_view{} : cells_[at];
  }
  template <class Column>
  [[nodiscard]] bool has(Column column) const {
    return places_[static_cast<std::size_t>(column)] != absent;
  }
  // The column's name as this file spells it.
  template <class Column>
  [[nodiscard]] std::string_view name_of(Column column) const {
    const auto index = static_cast<std::size_t>(column);
    return places_[index] == absent ? std::string_view(columns_[index].names.front())
                                    : std::string_view(names_[places_[index]]);
  }

  // Adds a finding about the current row.
  void find(Level level, std::string code, Problem problem);
  bool refuse(std::string code, Problem problem);  // an error finding; returns false
  // The same finding of many rows: said at the first of them, with how many more there are.
  void tally(Level level, std::string code, Problem problem);
  bool set_aside(std::string code, Problem problem);  // with a warning; returns false
  bool set_aside_and_tally(std::string code, Problem problem);
  void set_aside_later(std::size_t rows);  // that were kept at first; the finding is the caller's
  [[nodiscard]] Place place() const { return {.file = part_.file, .line = line_}; }  // of the current row
  // Shared refusals.
  bool refuse_empty(std::string_view column);
  // Known, or free to be added: refuses the row otherwise.  Nothing is added before the whole row is good.
  bool accept_actor(std::string_view column, std::string_view id);
  [[nodiscard]] ActorId actor_of(std::string_view id);
  bool refuse_unknown_actor(std::string_view column, std::string_view id);
  bool refuse_number(std::string_view column, std::string_view text);
  [[nodiscard]] std::optional<double> number_in(std::string_view text) const {
    return read_number(text, draft_.decimal_comma);
  }
  std::optional<ParsedTime> time_in(std::string_view column, std::string_view text);
  // From when something holds: `always` for an empty cell.
  std::optional<Time> time_or_always(std::string_view column, std::string_view text);

  [[nodiscard]] RecordDraft& draft() { return draft_; }
  [[nodiscard]] Record& record() { return draft_.record; }
  [[nodiscard]] std::uint32_t line() const { return static_cast<std::uint32_t>(part_.lines_before + line_); }
  [[nodiscard]] const std::string& file() const { return part_.file; }
  [[nodiscard]] const Preset& preset() const { return preset_; }

 private:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);
  [[nodiscard]] bool is_text(std::span<const std::string_view> cells);
  void refuse_duplicates(std::span<const std::string> names) const;
  void say_column(std::size_t column);
  [[nodiscard]] Problem missing(const ColumnSpec& column) const;

  struct Tally {
    std::size_t finding;  // its place in the list
    std::size_t rows;
  };

  RecordDraft& draft_;
  const Preset& preset_;
  TableCount count_;
  FilePart part_;                                        // the file that is being read
  std::map<std::string, Tally, std::less<>> tallies_{};  // by code and what it says
  std::span<const ColumnSpec> columns_;
  bool known_layout_;  // columns that are not read need no note
  std::vector<std::string> names_;
  std::vector<std::size_t> places_;   // of each column in the file
  std::vector<std::size_t> checked_;  // places of the cells that must be text
  std::span<const std::string_view> cells_;
  std::size_t line_ = 0;
  std::size_t header_line_ = 0;
  std::size_t errors_ = 0;
  std::function<void(std::size_t)> progress_;
};

}  // namespace detente
