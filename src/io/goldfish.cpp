#include "io/goldfish.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/ranges.h>

#include "base/hash.hpp"
#include "io/csv_reader.hpp"
#include "io/frame.hpp"
#include "io/presence.hpp"
#include "io/record_draft.hpp"
#include "io/typed_events.hpp"

namespace detente {
namespace {

namespace fs = std::filesystem;

enum class FrameKind { nodes, events, network, changes, types };

struct NamedFrame {
  std::string name;  // of the file, without .csv
  std::string file;
  Frame frame;
};

// Only the names of the columns.
class HeaderOnly : public TableReader {
 public:
  void header(std::span<const std::string> names, std::size_t) override { names_ = {names.begin(), names.end()}; }
  bool row(std::span<const std::string_view>, std::size_t) override { return false; }
  void bad_row(std::string, Problem) override {}
  [[nodiscard]] bool has_all(std::initializer_list<const char*> names) const {
    return std::all_of(names.begin(), names.end(), [&](const char* name) { return names_.contains(name); });
  }
  [[nodiscard]] const std::set<std::string>& names() const { return names_; }

 private:
  std::set<std::string> names_{};
};

FrameKind kind_of(const fs::path& path) {
  HeaderOnly header;
  const std::string shown = path.filename().string();
  static_cast<void>(read_csv(path.string(), shown, {}, header));
  if (shown == "types.csv") return FrameKind::types;  // the record's own: goldfish has no such frame
  if (header.has_all({"label"})) return FrameKind::nodes;
  if (header.has_all({"time", "sender", "receiver", "increment"})) return FrameKind::events;
  if (header.has_all({"time", "sender", "receiver", "replace"})) return FrameKind::network;
  if (header.has_all({"time", "node", "replace"}) || header.has_all({"time", "node", "increment"}))
    return FrameKind::changes;
  throw Error({.what = "this is none of goldfish's data frames",
               .where = {.file = shown, .line = 1},
               .got = fmt::format("the columns {}", fmt::join(header.names(), ", ")),
               .expected = "label; or time, sender, receiver and increment or replace; or time, node and replace"});
}

bool is_missing(std::string_view text) { return text.empty() || text == "NA" || text == "NaN"; }

// R writes TRUE and FALSE; both are numbers there.
std::string number_of(const std::string& text) { return text == "TRUE" ? "1" : text == "FALSE" ? "0" : text; }

Problem at(std::size_t line, std::string what, std::string got = "", std::string hint = "") {
  return {.what = std::move(what), .where = {.line = line}, .got = std::move(got), .hint = std::move(hint)};
}

class Goldfish : public RecordTables {
 public:
  explicit Goldfish(const std::string& folder) : folder_(folder) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder_))
      if (entry.is_regular_file() && entry.path().extension() == ".csv") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) keep(path);
    if (events_.empty())
      throw Error({.what = "no file of this folder has events",
                   .where = {.file = folder},
                   .expected = "a .csv file with the columns time, sender, receiver and increment",
                   .hint = networks_.empty() ? "" : "a column 'replace' makes ties; call it increment to read acts"});
  }

  [[nodiscard]] bool has(Table table) const override {
    return table == Table::events || (table == Table::types && !types_.empty()) ||
           (table == Table::actors && !nodes_.empty()) || (table == Table::ties && !networks_.empty()) ||
           (table == Table::attributes && (!nodes_.empty() || !changes_.empty()));
  }
  [[nodiscard]] std::string file(Table table) const override {
    std::vector<std::string> files;
    if (table == Table::types) return "types.csv";
    if (table == Table::events)
      for (const fs::path& path : events_) files.push_back(path.filename().string());
    else
      for (const NamedFrame& frame : table == Table::ties ? networks_ : nodes_) files.push_back(frame.file);
    if (table == Table::attributes)
      for (const NamedFrame& frame : changes_)
        if (frame.name != "present") files.push_back(frame.file);
    return fmt::format("{}", fmt::join(files, "+"));
  }
  void read(Table table, TableReader& reader) override {
    if (table == Table::events) return read_events(reader);
    if (table == Table::types) return static_cast<void>(read_csv(types_.string(), file(table), {}, reader));
    if (table == Table::actors) return push_actors(reader);
    if (table == Table::ties) return push_ties(reader);
    push_attributes(reader);
  }
  [[nodiscard]] std::vector<FilePart> event_parts() const override {
    return parts_.size() > 1 ? parts_ : std::vector<FilePart>{};
  }
  [[nodiscard]] std::vector<std::string> fingerprints() const override { return fingerprints_; }

 private:
  void keep(const fs::path& path) {
    const FrameKind kind = kind_of(path);
    fingerprints_.push_back(fmt::format("{}: {}", path.filename().string(), fingerprint_file(path.string())));
    if (kind == FrameKind::types) return static_cast<void>(types_ = path);
    if (kind == FrameKind::events) return events_.push_back(path);
    std::vector<NamedFrame>& frames = kind == FrameKind::nodes     ? nodes_
                                      : kind == FrameKind::network ? networks_
                                                                   : changes_;
    frames.push_back({path.stem().string(), path.filename().string(), {}});
    static_cast<void>(read_csv(path.string(), frames.back().file, {}, frames.back().frame));
  }

  void read_events(TableReader& reader) {
    parts_.clear();
    std::size_t lines = 0;
    for (const fs::path& path : events_) {
      parts_.push_back({path.filename().string(), lines});
      reader.begin_file(parts_.back());
      TypedEvents typed(path.stem().string(), reader);
      lines += read_csv(path.string(), parts_.back().file, {}, typed) - 1;
      if (!typed.wanted()) return;
    }
  }

  [[nodiscard]] std::map<std::string, Presence> presences() const {
    std::map<std::string, Presence> all;
    for (const NamedFrame& nodes : nodes_)
      for (const Frame::Row& row : nodes.frame.rows())
        all[nodes.frame.cell(row, "label")].at_first = number_of(nodes.frame.cell(row, "present")) != "0";
    for (const NamedFrame& changes : changes_)
      if (changes.name == "present")
        for (const Frame::Row& row : changes.frame.rows())
          all[changes.frame.cell(row, "node")].changes.emplace_back(
              changes.frame.cell(row, "time"), number_of(changes.frame.cell(row, "replace")) != "0");
    return all;
  }

  void push_actors(TableReader& reader) const {
    reader.header(std::vector<std::string>{"id", "name", "kind", "enters", "leaves"}, 0);
    const std::map<std::string, Presence> presences = this->presences();
    for (const NamedFrame& nodes : nodes_) {
      reader.begin_file({nodes.file, 0});
      for (const Frame::Row& row : nodes.frame.rows()) {
        const std::string label = nodes.frame.cell(row, "label");
        const Presence& presence = presences.at(label);
        if (!presence.ever()) {
          reader.bad_row("never-present",
                         at(row.line, fmt::format("the node '{}' is never present", printable(label))));
          continue;
        }
        for (const auto& [enters, leaves] : presence.spells()) {
          const std::vector<std::string_view> cells{label, label, nodes_.size() > 1 ? nodes.name : "", enters, leaves};
          if (!reader.row(cells, row.line)) return;
        }
      }
    }
  }

  void push_ties(TableReader& reader) const {
    reader.header(std::vector<std::string>{"id", "a", "b", "kind", "start", "end", "ending"}, 0);
    for (const NamedFrame& network : networks_) {
      reader.begin_file({network.file, 0});
      push_network(network, reader);
    }
  }

  struct State {
    std::size_t line;
    std::string a;
    std::string b;
    std::string start;
    std::string end{};
  };
  // The states of a network in the order in which they start.
  static std::vector<State> states_of(const Frame& frame, TableReader& reader) {
    std::vector<State> states;
    std::map<std::pair<std::string, std::string>, std::size_t> in_force;
    for (const Frame::Row& row : frame.rows()) {
      const std::pair pair{frame.cell(row, "sender"), frame.cell(row, "receiver")};
      const std::string text = frame.cell(row, "replace");
      const std::optional<double> value = read_number(number_of(text));
      const auto known = in_force.find(pair);
      if (!value) {
        reader.bad_row("bad-number",
                       at(row.line, "unreadable number in column 'replace'", fmt::format("'{}'", printable(text))));
      } else if (*value != 0) {
        if (known != in_force.end()) continue;  // it changes its value and goes on
        in_force.emplace(pair, states.size());
        states.push_back({row.line, pair.first, pair.second, frame.cell(row, "time")});
      } else if (known == in_force.end()) {
        reader.bad_row("tie-without-start",
                       at(row.line,
                          fmt::format("the tie of '{}' and '{}' ends without having started", printable(pair.first),
                                      printable(pair.second)),
                          "", "write the ties that were in force at the start as rows with replace = 1"));
      } else {
        states[known->second].end = frame.cell(row, "time");
        in_force.erase(known);
      }
    }
    return states;
  }
  static void push_network(const NamedFrame& network, TableReader& reader) {
    for (const State& state : states_of(network.frame, reader)) {
      const std::string id = fmt::format("{}-{}", network.name, state.line);
      const std::vector<std::string_view> cells{
          id, state.a, state.b, network.name, state.start, state.end, state.end.empty() ? "" : "other"};
      if (!reader.row(cells, state.line)) return;
    }
  }

  void push_attributes(TableReader& reader) const {
    reader.header(std::vector<std::string>{"actor", "date", "attribute", "value"}, 0);
    const std::map<std::string, Presence> presences = this->presences();
    const auto is_left_out = [&](const std::string& node) {
      const auto found = presences.find(node);
      return found != presences.end() && !found->second.ever();  // said among the actors
    };
    std::map<std::pair<std::string, std::string>, double> values;  // by attribute and node, for increments
    for (const NamedFrame& nodes : nodes_) {
      reader.begin_file({nodes.file, 0});
      std::size_t missing = 0;
      for (const std::string& name : nodes.frame.names()) {
        if (name.empty() || name == "label" || name == "present") continue;
        for (const Frame::Row& row : nodes.frame.rows()) {
          const std::string node = nodes.frame.cell(row, "label");
          const std::string value = number_of(nodes.frame.cell(row, name));
          if (is_left_out(node)) continue;
          missing += is_missing(value) ? 1 : 0;
          if (is_missing(value)) continue;
          values[{name, node}] = read_number(value).value_or(0);
          const std::vector<std::string_view> cells{node, "", name, value};
          static_cast<void>(reader.row(cells, row.line));
        }
      }
      warn_of_missing(reader, missing);
    }
    for (const NamedFrame& changes : changes_)
      if (changes.name != "present") push_changes(changes, values, reader);
  }

  static void push_changes(const NamedFrame& changes, std::map<std::pair<std::string, std::string>, double>& values,
                           TableReader& reader) {
    const Frame& frame = changes.frame;
    const bool adds = !frame.has("replace");
    std::size_t missing = 0;
    reader.begin_file({changes.file, 0});
    for (const Frame::Row& row : frame.rows()) {
      const std::string node = frame.cell(row, "node");
      std::string value = number_of(frame.cell(row, adds ? "increment" : "replace"));
      missing += is_missing(value) ? 1 : 0;
      if (is_missing(value)) continue;
      if (adds) value = fmt::format("{}", values[{changes.name, node}] += read_number(value).value_or(0));
      const std::string time = frame.cell(row, "time");
      const std::vector<std::string_view> cells{node, time, changes.name, value};
      static_cast<void>(reader.row(cells, row.line));
    }
    warn_of_missing(reader, missing);
  }

  static void warn_of_missing(TableReader& reader, std::size_t count) {
    if (count > 0)
      reader.warn("missing-value", at(0, fmt::format("{} {} without a value: nothing is known there", count,
                                                     count == 1 ? "cell is" : "cells are")));
  }

  fs::path folder_;
  fs::path types_{};
  std::vector<fs::path> events_{};
  std::vector<NamedFrame> nodes_{};
  std::vector<NamedFrame> networks_{};
  std::vector<NamedFrame> changes_{};
  std::vector<FilePart> parts_{};
  std::vector<std::string> fingerprints_{};
};

}  // namespace

std::unique_ptr<RecordTables> open_goldfish(const std::string& folder) { return std::make_unique<Goldfish>(folder); }

}  // namespace detente
