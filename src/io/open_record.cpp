#include "io/open_record.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "io/duckdb_source.hpp"
#include "io/event_files.hpp"
#include "io/goldfish.hpp"
#include "io/record_folder.hpp"
#include "io/sqlite_source.hpp"
#include "io/tkg.hpp"

namespace detente {
namespace {

namespace fs = std::filesystem;

bool starts_with(const std::string& path, std::size_t offset, std::string_view magic) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;  // a pipe can be read only once
  std::string start(offset + magic.size(), '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in && std::string_view(start).substr(offset) == magic;
}

bool is_packed(const std::string& path) {
  std::string name = path;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 6> endings{".gz", ".zst", ".parquet", ".json", ".ndjson", ".jsonl"};
  return std::ranges::any_of(endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

std::unique_ptr<RecordTables> open_file(const std::string& path, const Preset& preset) {
  if (starts_with(path, 0, std::string_view("SQLite format 3\0", 16))) return open_sqlite(path);
  if (starts_with(path, 8, "DUCK")) return open_duckdb(path);
  if (starts_with(path, 0, "PK\x03\x04"))
    throw Error({.what = "this is a zip archive",
                 .where = {.file = path},
                 .hint = "unzip it first; .gz and .zst are read as they are"});
  if (is_packed(path)) return open_packed_file(path, preset);
  return preset.name == "tkg" ? open_tkg(path, preset) : open_event_file(path, preset);
}

std::unique_ptr<RecordTables> open_any_folder(const std::string& path, const Preset& preset) {
  if (preset.name == "tkg") return open_tkg(path, preset);
  if (preset.name == "goldfish") return open_goldfish(path);
  if (preset.coded && !fs::exists(fs::path(path) / "events.csv"))
    return open_event_files(path, *preset.coded,
                            [&preset](const std::string& file) { return open_file(file, preset); });
  return open_folder(path, preset);
}

}  // namespace

std::unique_ptr<RecordTables> open_record(const std::string& path, bool events_only, const Preset& preset) {
  std::error_code code;
  if (fs::is_directory(path, code)) return open_any_folder(path, preset);
  if (fs::exists(path, code)) return open_file(path, preset);
  if (is_query(path)) return open_query(path);
  if (events_only && path == "-") return open_event_file("/dev/stdin", preset);
  throw Error({.what = fmt::format("cannot read: {}", std::strerror(code ? code.value() : ENOENT)),
               .where = {.file = printable(path)}});
}

}  // namespace detente
