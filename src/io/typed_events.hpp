// Rows of a goldfish data frame of events on their way into a record: they get the type that their file is called, and
// lose the row names that R writes in front.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "io/record_draft.hpp"
#include "io/table.hpp"

namespace detente {

class TypedEvents : public TableReader {
 public:
  TypedEvents(std::string type, TableReader& reader) : type_(std::move(type)), reader_(reader) {}
  void header(std::span<const std::string> names, std::size_t line) override {
    numbered_ = !names.empty() && names.front().empty();
    std::vector<std::string> all(names.begin() + (numbered_ ? 1 : 0), names.end());
    increment_ = static_cast<std::size_t>(std::find(all.begin(), all.end(), "increment") - all.begin());
    typed_ = std::find(all.begin(), all.end(), "type") == all.end();
    if (typed_) all.emplace_back("type");
    reader_.header(all, line);
  }
  bool row(std::span<const std::string_view> cells, std::size_t line) override {
    cells_.assign(cells.begin() + (numbered_ ? 1 : 0), cells.end());
    if (typed_) cells_.emplace_back(type_);
    const std::optional<double> increment = read_number(cells_[increment_]);
    if (increment && *increment < 0)
      reader_.bad_row("negative-increment", {.what = "the increment is below 0: nobody acts",
                                             .where = {.line = line},
                                             .got = fmt::format("'{}'", cells_[increment_])});
    else
      wanted_ = reader_.row(cells_, line);
    return wanted_;
  }
  void bad_row(std::string code, Problem problem) override { reader_.bad_row(std::move(code), std::move(problem)); }
  [[nodiscard]] bool wanted() const { return wanted_; }

 private:
  std::string type_;
  TableReader& reader_;
  std::vector<std::string_view> cells_{};
  std::size_t increment_ = 0;
  bool numbered_ = false;
  bool typed_ = true;
  bool wanted_ = true;
};

}  // namespace detente
