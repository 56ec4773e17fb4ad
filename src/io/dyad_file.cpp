#include "io/dyad_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "io/csv_reader.hpp"

namespace detente {
namespace {

class DyadRows final : public TableReader {
 public:
  explicit DyadRows(std::string file) : file_(std::move(file)) {}

  void header(std::span<const std::string> names, std::size_t line) override {
    for (const std::string& name : names) columns_.push_back(column_named(name, {file_, line, 0}));
    for (const std::size_t wanted : {sender, receiver})
      if (std::count(columns_.begin(), columns_.end(), wanted) == 0)
        throw Error(
            {.what = fmt::format("there is no column '{}'", known[wanted]),
             .where = {file_, line, 0},
             .expected = fmt::format("the columns {}; from and until may be left out", fmt::join(known, ", "))});
  }

  bool row(std::span<const std::string_view> cells, std::size_t line) override {
    DyadText row{.where = {file_, line, 0}};
    const std::array<std::string*, 4> fields{&row.sender, &row.receiver, &row.from, &row.until};
    for (std::size_t k = 0; k < cells.size(); ++k) *fields[columns_[k]] = cells[k];
    for (const std::size_t wanted : {sender, receiver})
      if (fields[wanted]->empty())
        throw Error({.what = fmt::format("an empty cell in column '{}'", known[wanted]), .where = row.where});
    dyads_.push_back(std::move(row));
    return true;
  }

  void bad_row(std::string, Problem problem) override { throw Error(std::move(problem)); }

  [[nodiscard]] std::vector<DyadText> take() { return std::move(dyads_); }

 private:
  static constexpr std::size_t sender = 0;
  static constexpr std::size_t receiver = 1;
  inline static const std::vector<std::string> known{"sender", "receiver", "from", "until"};

  [[nodiscard]] std::size_t column_named(const std::string& name, const Place& where) const {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      throw Error({.what = fmt::format("the column '{}' has no meaning here", printable(name)),
                   .where = where,
                   .expected = fmt::format("the columns {}", fmt::join(known, ", ")),
                   .hint = hint_for(name, known)});
    }
    const auto column = static_cast<std::size_t>(found - known.begin());
    if (std::count(columns_.begin(), columns_.end(), column) > 0)
      throw Error({.what = fmt::format("the column '{}' is there twice", name),
                   .where = where,
                   .expected = "every column once"});
    return column;
  }

  std::string file_;
  std::vector<std::size_t> columns_{};  // what each column of the file is, as an index of `known`
  std::vector<DyadText> dyads_{};
};

}  // namespace

void read_dyads_at_risk(HazardText& hazard, const std::string& folder) {
  if (!names_file(hazard.at_risk)) return;
  const std::string path = (std::filesystem::path(folder) / hazard.at_risk.rule).string();
  DyadRows rows(path);
  read_csv(path, path, {}, rows);
  hazard.at_risk.dyads = rows.take();
  if (hazard.at_risk.dyads.empty())
    throw Error({.what = fmt::format("the file lists no dyad: the risk set of the hazard '{}' is empty", hazard.name),
                 .where = {.file = path},
                 .expected = "at least one row"});
}

}  // namespace detente
