#include "io/csv_reader.hpp"

#include <csv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <string_view>

#include <fmt/ranges.h>

namespace detente {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 16;
constexpr std::size_t cell_growth = std::size_t{1} << 14;  // libcsv's own 128 bytes copy a long cell thousands of times
constexpr char no_quote = '\x1f';

// Up to and including the first line feed or carriage return, or all of it.
std::string_view first_piece(std::string_view bytes) {
  bytes = bytes.substr(0, piece_size);
  const std::size_t feed = bytes.find('\n');
  const std::size_t back = bytes.substr(0, feed).find('\r');
  const std::size_t end = std::min(feed, back);
  return end == std::string_view::npos ? bytes : bytes.substr(0, end + 1);
}

bool ends_line(std::string_view piece) { return piece.ends_with('\n') || piece.ends_with('\r'); }

std::string in_mib(std::size_t bytes) {
  return bytes % (1U << 20) == 0 ? fmt::format("{} MiB", bytes >> 20) : fmt::format("{} bytes", bytes);
}

}  // namespace

class CsvParser::State {
 public:
  State(std::string shown, CsvOptions options, TableReader& reader)
      : shown_(std::move(shown)), options_(std::move(options)), reader_(reader), line_(options_.first_line) {
    open();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { csv_free(&csv_); }

  bool feed(std::string_view bytes) {
    if (at_start_) bytes = start(bytes);
    while (!bytes.empty() && wanted_) {
      const std::string_view piece = first_piece(bytes);
      take(piece);
      bytes.remove_prefix(piece.size());
    }
    return wanted_;
  }

  std::size_t finish() {
    if (!wanted_) return line_;
    if (at_start_) static_cast<void>(feed(opened()));
    if (!skipping_ && csv_fini(&csv_, on_cell, on_row, this) != 0) {
      report(
          "unclosed-quote",
          {.what = fmt::format("a quote that opens in this row is never closed: lines {} to {} were read as one cell",
                               row_line_, line_),
           .where = here(),
           .hint = "close the quote; write a quote inside a quoted cell as \"\""});
    } else if (row_done_) {
      deliver();
    }
    if (wanted_ && width_ == 0)
      throw Error({.what = "the file is empty",
                   .where = {.file = shown_},
                   .expected = options_.columns.empty() ? "a first line that names the columns" : "at least one row"});
    return line_;
  }

 private:
  void open() {
    csv_free(&csv_);
    if (csv_init(&csv_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_blk_size(&csv_, cell_growth);
    csv_set_delim(&csv_, static_cast<unsigned char>(options_.delimiter));
    csv_set_quote(&csv_, static_cast<unsigned char>(options_.quote));
  }

  // libcsv calls these; they run between C frames and so must not throw.
  static void on_cell(void* text, std::size_t size, void* self) noexcept {
    State& state = *static_cast<State*>(self);
    state.text_.append(static_cast<const char*>(text), size);
    state.ends_.push_back(state.text_.size());
  }
  static void on_row(int, void* self) noexcept { static_cast<State*>(self)->row_done_ = true; }

  // The first bytes may be a byte order mark, and may come one at a time; the first line shows the delimiter.
  std::string_view start(std::string_view bytes) {
    held_ += bytes;
    const bool enough = (options_.delimiter != '\0' && !options_.find_delimiter) || held_.size() >= piece_size ||
                        held_.find_first_of("\r\n") != std::string::npos;
    return held_.size() < 3 || !enough ? std::string_view{} : opened();
  }

  std::string_view opened() {
    at_start_ = false;
    if (held_.starts_with("\xFF\xFE") || held_.starts_with("\xFE\xFF"))
      throw Error({.what = "the file is UTF-16",
                   .where = {.file = shown_},
                   .expected = "UTF-8 text",
                   .hint = "save it as UTF-8"});
    const std::string_view text = std::string_view(held_).substr(held_.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    const std::string_view first_line = text.substr(0, text.find_first_of("\r\n"));
    if (options_.delimiter == '\0') find_delimiter(first_line);
    if (options_.find_delimiter) recognize_delimiter(first_line);
    return text;
  }

  void find_delimiter(std::string_view first_line) {
    wrapped_ = first_line.find('\t') != std::string_view::npos;
    options_.delimiter = wrapped_ ? '\t' : ',';
    if (wrapped_) options_.quote = no_quote;
    open();
  }

  // A file that says it is separated by commas, and whose first line has none: what it has instead, said.
  void recognize_delimiter(std::string_view first_line) {
    if (first_line.find(options_.delimiter) != std::string_view::npos) return;
    for (const char other : {';', '\t', '|', ','}) {
      if (first_line.find(other) == std::string_view::npos) continue;
      options_.delimiter = other;
      open();
      recognized_ = other;
      return;
    }
  }

  // A cell in quotes where quotes do not hold cells together: without them, and "" is a quote.
  std::string_view unwrapped(std::size_t begin, std::size_t end) {
    if (end - begin < 2 || text_[begin] != '"' || text_[end - 1] != '"') return {text_.data() + begin, end - begin};
    std::size_t last = begin;
    for (std::size_t i = begin + 1; i + 1 < end; ++i) {
      if (text_[i] == '"' && text_[i + 1] == '"' && i + 2 < end) ++i;
      text_[last++] = text_[i];
    }
    return {text_.data() + begin, last - begin};
  }

  void take(std::string_view piece) {
    if (!in_row_) {
      row_line_ = line_;
      row_bytes_ = 0;
    }
    if (!skipping_) parse(piece);
    if (ends_line(piece)) {
      const bool pair = piece == "\n" && after_return_;  // the second half of a CRLF
      line_ += pair ? 0 : 1;
      skipping_ = false;
    }
    after_return_ = piece.ends_with('\r');
  }

  void parse(std::string_view piece) {
    row_bytes_ += piece.size();
    const std::size_t used = csv_parse(&csv_, piece.data(), piece.size(), on_cell, on_row, this);
    if (row_done_) {
      in_row_ = false;
      deliver();
    } else if (used < piece.size()) {
      const std::string lines =
          line_ > row_line_ ? fmt::format(": lines {} to {} are set aside", row_line_, line_) : "";
      give_up("bad-quote", "a quote stands inside a cell, or text follows a closing quote" + lines,
              "quote the whole cell and write a quote inside it as \"\"", piece);
    } else if (csv_.entry_pos > options_.max_cell) {
      give_up("cell-too-long", fmt::format("a cell is longer than {}", in_mib(options_.max_cell)), unclosed_hint,
              piece);
    } else if (row_bytes_ > options_.max_row) {
      give_up("row-too-long", fmt::format("a row is longer than {}", in_mib(options_.max_row)), unclosed_hint, piece);
    } else {
      in_row_ = in_row_ || !is_blank(piece);
    }
  }

  [[nodiscard]] bool is_blank(std::string_view piece) const {
    return std::all_of(piece.begin(), piece.end(), [&](char c) {
      return c != options_.delimiter && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
    });
  }

  // Reports the row and goes on with the next line.
  void give_up(std::string code, std::string what, std::string hint, std::string_view piece) {
    open();
    clear_row();
    in_row_ = false;
    skipping_ = !ends_line(piece);
    report(std::move(code), {.what = std::move(what), .where = here(), .hint = std::move(hint)});
  }

  void report(std::string code, Problem problem) {
    if (width_ == 0) throw Error(std::move(problem));  // without a header nothing can be read
    reader_.bad_row(std::move(code), std::move(problem));
  }

  void deliver() {
    cells_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      cells_.push_back(wrapped_ ? unwrapped(begin, end) : std::string_view(text_).substr(begin, end - begin));
      begin = end;
    }
    if (width_ == 0) {
      deliver_header();
      if (has_header_) return clear_row();
    }
    if (cells_.size() == width_) {
      warn_of_rows_in_cells();
      wanted_ = reader_.row(cells_, row_line_);
    } else {
      report("ragged-row",
             {.what = "the row has the wrong number of cells",
              .where = here(),
              .got = fmt::format("{} cell{}", cells_.size(), cells_.size() == 1 ? "" : "s"),
              .expected = fmt::format("{} cells, as in the {} line", width_, has_header_ ? "header" : "first"),
              .hint = cells_.size() > width_ ? "quote a cell that contains the delimiter" : ""});
    }
    clear_row();
  }

  // A quote that opens in one row and closes in a later one makes a cell of the rows in between.
  void warn_of_rows_in_cells() {
    for (const std::string_view cell : cells_) {
      std::size_t rows = 0;
      for (std::size_t at = cell.find('\n'); at != std::string_view::npos; at = cell.find('\n', at + 1)) {
        const std::string_view line = cell.substr(at + 1, cell.find('\n', at + 1) - at - 1);
        const auto delimiters = static_cast<std::size_t>(std::count(line.begin(), line.end(), options_.delimiter));
        rows += delimiters > 0 && 2 * delimiters >= width_ - 1 ? 1 : 0;
      }
      if (rows == 0) continue;
      reader_.warn("rows-in-a-cell",
                   {.what = fmt::format("a cell in quotes goes over lines {} to {}, and {} of them look like {}",
                                        row_line_, line_, rows, rows == 1 ? "a row" : "rows"),
                    .where = here(),
                    .got = fmt::format("'{}'", printable(cell)),
                    .hint = "is a quote left open? write a quote inside a quoted cell as \"\""});
    }
  }

  void deliver_header() {
    width_ = cells_.size();
    std::vector<std::string> names(cells_.begin(), cells_.end());
    const CsvLayouts& layouts = options_.layouts;
    has_header_ = options_.columns.empty() && (layouts.columns.empty() || holds_one_of(layouts.header));
    if (!has_header_ && options_.columns.empty()) names = layout_of_width();
    for (std::size_t i = 0; i < names.size() && !options_.columns.empty(); ++i)
      names[i] = i < options_.columns.size() ? options_.columns[i] : fmt::format("column {}", i + 1);
    reader_.header(names, has_header_ ? row_line_ : 0);
    if (recognized_ != '\0')
      reader_.note("separator", {.what = fmt::format("the columns are separated by {}",
                                                     recognized_ == '\t' ? "tabs" : fmt::format("'{}'", recognized_)),
                                 .where = here(),
                                 .hint = "--separator says otherwise"});
  }

  [[nodiscard]] bool holds_one_of(const std::vector<std::string>& names) const {
    return std::any_of(cells_.begin(), cells_.end(), [&](std::string_view cell) {
      return std::find(names.begin(), names.end(), cell) != names.end();
    });
  }

  [[nodiscard]] const std::vector<std::string>& layout_of_width() const {
    std::vector<std::size_t> widths;
    for (const std::vector<std::string>& columns : options_.layouts.columns) {
      if (columns.size() == width_) return columns;
      widths.push_back(columns.size());
    }
    throw Error({.what = "the first line is neither a header nor a row of the published layout",
                 .where = here(),
                 .got = fmt::format("{} cell{}", width_, width_ == 1 ? "" : "s"),
                 .expected = fmt::format("{} cells, or a header with the column '{}'", fmt::join(widths, " or "),
                                         fmt::join(options_.layouts.header, "' or '"))});
  }

  void clear_row() {
    text_.clear();
    ends_.clear();
    row_done_ = false;
  }

  [[nodiscard]] Place here() const { return {.file = shown_, .line = row_line_}; }

  static constexpr const char* unclosed_hint = "is a quote left open, or is this no CSV file?";

  std::string shown_;
  CsvOptions options_;
  TableReader& reader_;
  csv_parser csv_{};
  std::string held_;               // the first bytes, until there are enough to see a byte order mark
  std::string text_;               // the cells of the row, one after the other ...
  std::vector<std::size_t> ends_;  // ... and where each ends
  std::vector<std::string_view> cells_;
  std::size_t width_ = 0;  // cells in the header; 0 = not seen yet
  std::size_t line_;
  std::size_t row_line_ = 1;
  std::size_t row_bytes_ = 0;
  bool at_start_ = true;
  bool in_row_ = false;
  bool row_done_ = false;
  bool skipping_ = false;  // to the end of a line that was given up
  bool after_return_ = false;
  bool wanted_ = true;
  char recognized_ = '\0';  // the delimiter, where it is not the one that was told
  bool has_header_ = true;
  bool wrapped_ = false;  // quotes may stand around whole cells and nowhere else
};

CsvParser::CsvParser(std::string shown, CsvOptions options, TableReader& reader)
    : state_(std::make_unique<State>(std::move(shown), std::move(options), reader)) {}
CsvParser::~CsvParser() = default;
bool CsvParser::feed(std::string_view bytes) { return state_->feed(bytes); }
std::size_t CsvParser::finish() { return state_->finish(); }

std::size_t read_csv(const std::string& path, const std::string& shown, const CsvOptions& options,
                     TableReader& reader) {
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored))
    throw Error({.what = "this is a folder, not a file", .where = {.file = path}});
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error({.what = fmt::format("cannot read: {}", std::strerror(errno)), .where = {.file = path}});
  CsvParser parser(shown, options, reader);
  std::string buffer(piece_size, '\0');
  std::optional<Decoder> decoder;
  bool is_utf16 = false;
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto bytes = std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount()));
    if (!decoder) {
      is_utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
      decoder.emplace(is_utf16 ? Encoding::utf16 : options.encoding);
    }
    const bool plain = options.encoding == Encoding::utf8 && !is_utf16;
    if (!(plain ? parser.feed(bytes) : parser.feed(decoder->decode(bytes)))) break;
  }
  if (in.bad()) throw Error({.what = "reading failed", .where = {.file = path}});
  return parser.finish();
}

}  // namespace detente
