// What the columns of known formats are called, as data.  A preset only renames columns and says how a file is split;
// what the cells mean is the same for all.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "io/csv_reader.hpp"
#include "io/table.hpp"

namespace detente {

// One column that a table may have, and the names it goes by.
struct ColumnSpec {
  std::vector<std::string> names;
  bool required = false;
};

// The order of the columns in each table's list: what readers index cells by.
enum class EventColumn {
  date,
  precision,
  order,
  source,
  target,
  type,
  intensity,
  sphere,
  description,
  reference,
  verified
};
enum class ActorColumn { id, name, kind, enters, leaves, note };
enum class TieColumn { id, a, b, kind, start, end, ending, how_it_ended, reference };
enum class TypeColumn { code, label, quad_class, default_intensity };
enum class AttributeColumn { actor, date, attribute, value };
enum class PairColumn { sender, receiver, time, attribute, value };
enum class SeriesColumn { series, time, value };

// What is different in records that programs coded from news: rows without an actor and self-loops are the rule, and are
// counted rather than listed; types are those of a published ontology.
struct CodedSource {
  std::string ontology;              // named in messages
  std::string_view types;            // its text, with the columns of types.csv
  CsvLayouts layouts;                // published
  std::string no_value{};            // what a cell without a value holds, when it is not empty
  char separator = '\0';             // of several actors in one cell; 0 = there is only one
  std::vector<std::string> endings;  // of the names of its files
};

// How text stands for numbers and moments in a file, where that is not what the record's own format has.
enum class DateOrder : std::uint8_t {
  as_written,
  day_first,
  month_first,
  yyyymmdd,
  unix,
  unix_ms,
  unix_ns,
  year,
  serial
};

// What a user says of a file: options of every command that reads a record.
struct Spelling {
  std::optional<char> separator{};
  Encoding encoding = Encoding::utf8;
  bool decimal_comma = false;
  DateOrder dates = DateOrder::as_written;
  std::vector<std::pair<std::string, std::string>> columns{};  // "time" -> the name that the file has
};

// "," or "tab" or "|"; "latin-1"; "," or "."; "day-first"; "time=When,source=Who".  Each throws Error at its option.
[[nodiscard]] char separator_named(const std::string& text);
[[nodiscard]] Encoding encoding_named(const std::string& text);
[[nodiscard]] bool is_decimal_comma(const std::string& text);
[[nodiscard]] DateOrder date_order_named(const std::string& text);
[[nodiscard]] std::vector<std::pair<std::string, std::string>> columns_named(const std::string& text);
[[nodiscard]] const std::vector<std::string>& encoding_names();
[[nodiscard]] const std::vector<std::string>& date_order_names();

struct Preset {
  std::string name;
  std::optional<Clock> clock{};     // empty = guessed from the first date
  std::optional<char> delimiter{};  // empty = comma, or tab in a .tsv file
  bool quoted = true;
  std::optional<Time> observed_from{};  // where observation begins by the format's custom; empty = with the first event
  bool always_present = false;  // actors without a lifetime are at risk from the start, as the format's users expect
  std::vector<std::string> columns{};  // of a file without a header
  std::vector<ColumnSpec> events{};
  std::optional<CodedSource> coded{};
  Spelling spelling{};  // the user's, in the copy that is read with
};

// The preset, read as the user says.  Throws Error: a column that events do not have.
[[nodiscard]] Preset spelled(Preset preset, const Spelling& spelling);

// The place of a column, spelt exactly so, or else whatever the case and the blanks around it.
[[nodiscard]] std::optional<std::size_t> column_named(std::string_view name, std::span<const std::string> columns);

// Throws Error for an unknown name.
[[nodiscard]] const Preset& preset_named(std::string_view name);
[[nodiscard]] std::vector<std::string> preset_names();
// The first preset whose required columns of events are all among these; empty when there is none.
[[nodiscard]] std::string preset_with_columns(std::span<const std::string> columns);

[[nodiscard]] std::span<const ColumnSpec> columns_of(Table table, const Preset& preset);

}  // namespace detente
