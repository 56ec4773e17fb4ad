// A small table of text, kept in memory with the line of each row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/table.hpp"

namespace detente {

class Frame : public TableReader {
 public:
  struct Row {
    std::size_t line;
    std::vector<std::string> cells;
  };
  void header(std::span<const std::string> names, std::size_t) override { names_.assign(names.begin(), names.end()); }
  bool row(std::span<const std::string_view> cells, std::size_t line) override {
    rows_.push_back({line, {cells.begin(), cells.end()}});
    return true;
  }
  void bad_row(std::string, Problem problem) override { throw Error(std::move(problem)); }

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  [[nodiscard]] bool has(std::string_view name) const { return place(name).has_value(); }
  // The cell of a named column, empty where there is none.
  [[nodiscard]] std::string cell(const Row& row, std::string_view name) const {
    const auto at = place(name);
    return at ? row.cells[*at] : std::string{};
  }

 private:
  [[nodiscard]] std::optional<std::size_t> place(std::string_view name) const {
    for (std::size_t c = 0; c < names_.size(); ++c)
      if (names_[c] == name) return c;
    return std::nullopt;
  }

  std::vector<std::string> names_{};
  std::vector<Row> rows_{};
};

}  // namespace detente
