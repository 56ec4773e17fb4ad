// What the columns of known formats are called, as data.  A preset only renames columns and says how a file is split;
// what the cells mean is the same for all.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
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

struct Preset {
  std::string name;
  std::optional<Clock> clock{};     // empty = guessed from the first date
  std::optional<char> delimiter{};  // empty = comma, or tab in a .tsv file
  bool quoted = true;
  bool always_present = false;  // actors without a lifetime are at risk from the start, as the format's users expect
  std::vector<std::string> columns{};  // of a file without a header
  std::vector<ColumnSpec> events{};
};

// Throws Error for an unknown name.
[[nodiscard]] const Preset& preset_named(std::string_view name);
[[nodiscard]] std::vector<std::string> preset_names();

[[nodiscard]] std::span<const ColumnSpec> columns_of(Table table, const Preset& preset);

}  // namespace detente
