// Rows of events and the types they have.
#pragma once

#include "io/table_rows.hpp"

namespace detente {

class TypeRows : public TableRows {
 public:
  TypeRows(RecordDraft& draft, std::string file, const Preset& preset)
      : TableRows(draft, Table::types, std::move(file), preset) {}

 private:
  void begin() override { record().closed_types = true; }
  bool add() override;
};

class EventRows : public TableRows {
 public:
  EventRows(RecordDraft& draft, std::string file, const Preset& preset)
      : TableRows(draft, Table::events, std::move(file), preset) {}

 private:
  void begin() override;
  bool add() override;
  void end() override;
  bool read_when(Event& event);
  // The actors of one side of the row; false = it was refused.
  bool read_actors(EventColumn column, std::vector<std::string_view>& actors);
  bool accept_type();
  bool refuse_type(std::string_view code);
  bool refuse_loop(std::string_view actor);
  // One event for each two actors of the row; false = all would be self-loops.
  bool add_events(const Event& event, const EventText& text);
  bool read_intensity(Event& event);
  bool read_text(EventText& text);

  // A cell, without what stands for no value.
  [[nodiscard]] std::string_view value(EventColumn column) const;
  [[nodiscard]] std::string_view type_code() const;
  [[nodiscard]] TypeId type_of();

  bool with_text_ = false;
  std::vector<std::string_view> sources_{};  // of the row
  std::vector<std::string_view> targets_{};
};

// Looks only for the clock of the record: that of the first event with a readable date.
class ClockProbe : public TableReader {
 public:
  ClockProbe(RecordDraft& draft, const Preset& preset) : draft_(draft), names_(preset.events.front().names) {}
  void header(std::span<const std::string> names, std::size_t line) override;
  bool row(std::span<const std::string_view> cells, std::size_t line) override;
  void bad_row(std::string, Problem) override {}

 private:
  RecordDraft& draft_;
  const std::vector<std::string>& names_;
  std::optional<std::size_t> place_{};
};

}  // namespace detente
