#include "io/event_files.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <fmt/ranges.h>

#include "base/hash.hpp"

namespace detente {
namespace {

namespace fs = std::filesystem;

// Passes one file on and sees how far its lines go, and whether more is wanted.
class Lines : public TableReader {
 public:
  explicit Lines(TableReader& reader) : reader_(reader) {}
  void header(std::span<const std::string> names, std::size_t line) override { reader_.header(names, line); }
  bool row(std::span<const std::string_view> cells, std::size_t line) override {
    last_ = std::max(last_, line);
    return wanted_ = reader_.row(cells, line);
  }
  void bad_row(std::string code, Problem problem) override {
    last_ = std::max(last_, problem.where.line);
    reader_.bad_row(std::move(code), std::move(problem));
  }
  [[nodiscard]] std::size_t last() const { return last_; }
  [[nodiscard]] bool wanted() const { return wanted_; }

 private:
  TableReader& reader_;
  std::size_t last_ = 0;
  bool wanted_ = true;
};

class EventFiles : public RecordTables {
 public:
  EventFiles(std::vector<std::string> paths, OpenFile open) : paths_(std::move(paths)), open_(std::move(open)) {}
  [[nodiscard]] bool has(Table table) const override { return table == Table::events; }
  [[nodiscard]] std::string file(Table) const override {
    const std::string first = name_of(paths_.front());
    return paths_.size() == 1 ? first : fmt::format("{}+{} more", first, paths_.size() - 1);
  }
  void read(Table table, TableReader& reader) override {
    parts_.clear();
    std::size_t lines = 0;
    for (const std::string& path : paths_) {
      parts_.push_back({name_of(path), lines});
      reader.begin_file(parts_.back());
      Lines counted(reader);
      open_(path)->read(table, counted);
      lines += counted.last();
      if (!counted.wanted()) return;
    }
  }
  [[nodiscard]] std::vector<FilePart> event_parts() const override { return parts_; }
  [[nodiscard]] std::vector<std::string> fingerprints() const override {
    std::vector<std::string> all;
    for (const std::string& path : paths_) all.push_back(fmt::format("{}: {}", name_of(path), fingerprint_file(path)));
    return all;
  }

 private:
  static std::string name_of(const std::string& path) { return fs::path(path).filename().string(); }

  std::vector<std::string> paths_;
  OpenFile open_;
  std::vector<FilePart> parts_{};
};

bool is_of(const CodedSource& source, const fs::path& path) {
  std::string name = path.filename().string();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string_view packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  return std::ranges::any_of(source.endings, [&](const std::string& ending) { return name.ends_with(ending); });
}

}  // namespace

std::unique_ptr<RecordTables> open_event_files(const std::string& folder, const CodedSource& source, OpenFile open) {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file() && is_of(source, entry.path())) paths.push_back(entry.path().string());
  if (paths.empty())
    throw Error({.what = "there is no file of events in this folder",
                 .where = {.file = folder},
                 .expected = fmt::format("files whose names end in {}", fmt::join(source.endings, " or "))});
  std::sort(paths.begin(), paths.end());
  return std::make_unique<EventFiles>(std::move(paths), std::move(open));
}

}  // namespace detente
