#include "io/record_folder.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "base/hash.hpp"

namespace detente {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

class Folder : public RecordTables {
 public:
  Folder(fs::path path, const Preset& preset) : path_(std::move(path)), preset_(preset) {}
  [[nodiscard]] bool has(Table table) const override { return is_there(path_ / file(table)); }
  [[nodiscard]] std::string file(Table table) const override { return fmt::format("{}.csv", to_string(table)); }
  void read(Table table, TableReader& reader) override {
    const std::string path = (path_ / file(table)).string();
    read_csv(path, file(table), table == Table::events ? csv_options_for(path, preset_) : table_options(preset_),
             reader);
  }
  [[nodiscard]] std::vector<std::string> fingerprints() const override {
    std::vector<std::string> all;
    for (const Table table :
         {Table::types, Table::actors, Table::events, Table::ties, Table::attributes, Table::pairs, Table::series})
      if (has(table))
        all.push_back(fmt::format("{}: {}", file(table), fingerprint_file((path_ / file(table)).string())));
    return all;
  }

 private:
  fs::path path_;
  const Preset& preset_;
};

class EventFile : public RecordTables {
 public:
  EventFile(fs::path path, const Preset& preset) : path_(std::move(path)), preset_(preset) {}
  [[nodiscard]] bool has(Table table) const override { return table == Table::events; }
  [[nodiscard]] std::string file(Table) const override {
    return path_.string().starts_with("/dev/") ? path_.string() : path_.filename().string();
  }
  void read(Table table, TableReader& reader) override {
    read_csv(path_.string(), file(table), csv_options_for(path_.string(), preset_), reader);
  }
  [[nodiscard]] std::vector<std::string> fingerprints() const override {
    std::error_code ignored;
    if (!fs::is_regular_file(path_, ignored)) return {};
    return {fmt::format("{}: {}", path_.filename().string(), fingerprint_file(path_.string()))};
  }

 private:
  fs::path path_;
  const Preset& preset_;
};

// What else lies in a folder without events.csv.
std::string folder_hint(const fs::path& path) {
  if (is_there(path / "train.txt")) return "this looks like a benchmark of quadruples: use --preset tkg";
  std::error_code ignored;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path, ignored)) names.push_back(entry.path().filename().string());
  const std::string near = closest("events.csv", names);
  return near.empty() ? "a record is a folder with events.csv"
                      : fmt::format("a similar file exists: '{}'", printable(near));
}

}  // namespace

CsvOptions csv_options_for(const std::string& path, const Preset& preset) {
  CsvOptions options;
  const bool tabs = path.ends_with(".tsv") || path.ends_with(".tsv.gz") || path.ends_with(".tsv.zst");
  options.delimiter = preset.delimiter.value_or(tabs ? '\t' : ',');
  options.find_delimiter = !preset.delimiter && preset.columns.empty();
  options.encoding = preset.spelling.encoding;
  if (preset.coded) options.layouts = preset.coded->layouts;
  if (!preset.quoted) options.quote = '\x1f';
  options.columns = preset.columns;
  return options;
}

CsvOptions table_options(const Preset& preset) {
  return {.delimiter = preset.spelling.separator.value_or(','),
          .find_delimiter = !preset.spelling.separator,
          .encoding = preset.spelling.encoding};
}

std::unique_ptr<RecordTables> open_folder(const std::string& path, const Preset& preset) {
  auto folder = std::make_unique<Folder>(path, preset);
  if (!folder->has(Table::events))
    throw Error({.what = "there is no events.csv in this folder", .where = {.file = path}, .hint = folder_hint(path)});
  return folder;
}

std::unique_ptr<RecordTables> open_event_file(const std::string& path, const Preset& preset) {
  return std::make_unique<EventFile>(path, preset);
}

}  // namespace detente
