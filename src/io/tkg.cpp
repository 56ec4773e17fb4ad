#include "io/tkg.hpp"

#include <charconv>
#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/hash.hpp"
#include "io/csv_reader.hpp"
#include "io/frame.hpp"

namespace detente {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_ids = 100'000'000;

std::optional<std::size_t> id_in(std::string_view text) {
  std::size_t id = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (code != std::errc{} || end != text.data() + text.size() || id > most_ids) return std::nullopt;
  return id;
}

struct Relation {
  std::string name;
  std::string cameo;
  std::string quad;
  std::string goldstein;
};

// Ids to names; ids without a name stay as they are.
struct Names {
  std::vector<std::string> entities{};
  std::vector<Relation> relations{};
};

// Puts names into the place of ids, and joins several files into one table.
class NamedRows : public TableReader {
 public:
  NamedRows(const Names& names, TableReader& reader) : names_(names), reader_(reader) {}
  void header(std::span<const std::string> names, std::size_t line) override {
    if (width_ != 0 && width_ != names.size())
      throw Error({.what = "the files have different numbers of columns",
                   .got = fmt::format("{} and {}", width_, names.size()),
                   .expected = "4 or 5 columns in all"});
    if (width_ == 0) reader_.header(names, line);
    width_ = names.size();
  }
  bool row(std::span<const std::string_view> cells, std::size_t line) override {
    named_.assign(cells.begin(), cells.end());
    named_[0] = entity(cells[0]);
    named_[2] = entity(cells[2]);
    if (const auto id = id_in(cells[1]); id && *id < names_.relations.size()) named_[1] = names_.relations[*id].name;
    return reader_.row(named_, line);
  }
  void bad_row(std::string code, Problem problem) override { reader_.bad_row(std::move(code), std::move(problem)); }

 private:
  [[nodiscard]] std::string_view entity(std::string_view text) const {
    const auto id = id_in(text);
    return id && *id < names_.entities.size() ? std::string_view(names_.entities[*id]) : text;
  }

  const Names& names_;
  TableReader& reader_;
  std::vector<std::string_view> named_;
  std::size_t width_ = 0;
};

template <class Item>
Item& at_id(std::vector<Item>& items, const std::string& text, const fs::path& path) {
  const auto id = id_in(text);
  if (!id)
    throw Error({.what = "unreadable id",
                 .where = {.file = path.string()},
                 .got = fmt::format("'{}'", printable(text)),
                 .expected = "a whole number"});
  if (*id >= items.size()) items.resize(*id + 1);
  return items[*id];
}

class Tkg : public RecordTables {
 public:
  Tkg(fs::path folder, std::vector<std::string> files, const Preset& preset)
      : folder_(std::move(folder)), files_(std::move(files)), preset_(preset) {
    for (const std::string& file : files_) sources_.push_back(folder_ / file);
    read_entities(folder_ / "entity2id.txt");
    read_relations(folder_ / "relation2id.txt");
    read_cameo(folder_ / "relation_cameo.csv");
  }

  [[nodiscard]] bool has(Table table) const override {
    return table == Table::events || (table == Table::actors && !names_.entities.empty()) ||
           (table == Table::types && !names_.relations.empty());
  }
  [[nodiscard]] std::string file(Table table) const override {
    if (table == Table::actors) return "entity2id.txt";
    if (table == Table::types) return "relation2id.txt";
    return fmt::format("{}", fmt::join(files_, "+"));
  }
  void read(Table table, TableReader& reader) override {
    if (table == Table::actors) return push_entities(reader);
    if (table == Table::types) return push_relations(reader);
    NamedRows named(names_, reader);
    CsvOptions options{.delimiter = '\t', .quote = no_quote, .columns = preset_.columns};
    for (const std::string& name : files_)
      options.first_line = read_csv((folder_ / name).string(), name, options, named);
  }
  [[nodiscard]] std::vector<std::string> fingerprints() const override {
    std::vector<std::string> all;
    for (const fs::path& path : sources_)
      all.push_back(fmt::format("{}: {}", path.filename().string(), fingerprint_file(path.string())));
    return all;
  }

 private:
  static constexpr char no_quote = '\x1f';

  // Keeps the rows of a file that may be missing.
  bool keep(const fs::path& path, const CsvOptions& options, Frame& rows) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return false;
    static_cast<void>(read_csv(path.string(), path.filename().string(), options, rows));
    sources_.push_back(path);
    return true;
  }
  void read_entities(const fs::path& path) {
    Frame kept;
    if (!keep(path, {.delimiter = '\t', .quote = no_quote, .columns = {"name", "id"}}, kept)) return;
    for (const auto& row : kept.rows()) at_id(names_.entities, kept.cell(row, "id"), path) = row.cells[0];
  }
  void read_relations(const fs::path& path) {
    Frame kept;
    if (!keep(path, {.delimiter = '\t', .quote = no_quote, .columns = {"name", "id"}}, kept)) return;
    for (const auto& row : kept.rows()) at_id(names_.relations, kept.cell(row, "id"), path).name = row.cells[0];
  }
  void read_cameo(const fs::path& path) {
    Frame kept;
    if (!keep(path, {}, kept)) return;
    for (const auto& row : kept.rows())
      at_id(names_.relations, kept.cell(row, "id"), path) = {kept.cell(row, "relation"), kept.cell(row, "cameo"),
                                                             kept.cell(row, "quad"), kept.cell(row, "goldstein")};
  }

  void push_entities(TableReader& reader) const {
    const std::vector<std::string> header{"id", "name"};
    reader.header(header, 0);
    for (std::size_t i = 0; i < names_.entities.size(); ++i) {
      const std::string label = spaced(names_.entities[i]);
      const std::vector<std::string_view> cells{names_.entities[i], label};
      if (!reader.row(cells, i + 1)) return;
    }
  }
  void push_relations(TableReader& reader) const {
    const std::vector<std::string> header{"code", "label", "quad_class", "default_intensity"};
    reader.header(header, 0);
    for (std::size_t i = 0; i < names_.relations.size(); ++i) {
      const Relation& relation = names_.relations[i];
      const std::string label = relation.cameo.empty()
                                    ? spaced(relation.name)
                                    : fmt::format("{} (CAMEO {})", spaced(relation.name), relation.cameo);
      const std::vector<std::string_view> cells{relation.name, label, relation.quad, relation.goldstein};
      if (!reader.row(cells, i + 1)) return;
    }
  }
  static std::string spaced(std::string text) {
    for (char& c : text) c = c == '_' ? ' ' : c;
    return text;
  }

  fs::path folder_;
  std::vector<std::string> files_;
  const Preset& preset_;
  std::vector<fs::path> sources_;
  Names names_;
};

}  // namespace

std::unique_ptr<RecordTables> open_tkg(const std::string& path, const Preset& preset) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    const fs::path file(path);
    return std::make_unique<Tkg>(file.has_parent_path() ? file.parent_path() : fs::path("."),
                                 std::vector{file.filename().string()}, preset);
  }
  std::vector<std::string> files;
  for (const char* name : {"train.txt", "valid.txt", "test.txt"})
    if (fs::exists(fs::path(path) / name, ignored)) files.emplace_back(name);
  if (files.empty())
    throw Error({.what = "there is no train.txt, valid.txt or test.txt in this folder", .where = {.file = path}});
  return std::make_unique<Tkg>(path, std::move(files), preset);
}

}  // namespace detente
