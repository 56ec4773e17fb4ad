// Rows of numbers that are no actor's: of pairs, and of the times.
#pragma once

#include <map>
#include <unordered_map>
#include <utility>

#include "io/table_rows.hpp"

namespace detente {

class PairRows : public TableRows {
 public:
  PairRows(RecordDraft& draft, std::string file, const Preset& preset)
      : TableRows(draft, Table::pairs, std::move(file), preset) {}

 private:
  // What a row says a number of; no two rows say the same.
  struct Key {
    std::uint32_t attribute;
    Dyad dyad;
    Time time;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  bool add() override;
  void end() override;

  NameIndex names_{};
  std::unordered_map<Key, std::uint32_t, Hash> lines_{};
};

class SeriesRows : public TableRows {
 public:
  SeriesRows(RecordDraft& draft, std::string file, const Preset& preset)
      : TableRows(draft, Table::series, std::move(file), preset) {}

 private:
  bool add() override;
  void end() override;

  NameIndex names_{};
  std::map<std::pair<std::uint32_t, Time>, std::uint32_t> lines_{};
};

}  // namespace detente
