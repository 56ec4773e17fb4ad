// Strict CSV (RFC 4180) over libcsv, in bounded memory.  Every row knows the line it starts on, also when quoted cells
// span lines; whatever cannot be split into as many cells as the header is reported with its line and set aside.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "io/encoding.hpp"
#include "io/table.hpp"

namespace detente {

// The columns of files that may come without a header.
struct CsvLayouts {
  std::vector<std::string> header{};                // a first row with one of these cells is a header
  std::vector<std::vector<std::string>> columns{};  // otherwise the columns go by their number
};

struct CsvOptions {
  char delimiter = ',';  // 0 = a tab where the first line has one, with no quotes but around whole cells; else a comma
  char quote = '"';
  std::vector<std::string>
      columns{};  // of a file without a header; a first row with fewer cells takes the first of them
  CsvLayouts layouts{};
  bool find_delimiter = false;  // where the first line has no comma and one of ; | or tab, that one
  Encoding encoding = Encoding::utf8;
  std::size_t max_cell = std::size_t{1} << 20;
  std::size_t max_row = std::size_t{4} << 20;
  std::size_t first_line = 1;
};

// Returns the number of the line after the last.  Throws Error when the file cannot be opened, is empty or is not text.
std::size_t read_csv(const std::string& path, const std::string& shown, const CsvOptions& options, TableReader& reader);

// The same in pieces, for text that does not come from a file.
class CsvParser {
 public:
  CsvParser(std::string shown, CsvOptions options, TableReader& reader);
  ~CsvParser();
  CsvParser(const CsvParser&) = delete;
  CsvParser& operator=(const CsvParser&) = delete;
  [[nodiscard]] bool feed(std::string_view bytes);  // false = the reader wants no more
  std::size_t finish();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace detente
