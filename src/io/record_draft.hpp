// A record while it is being read: what the readers of its tables share.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/presets.hpp"
#include "log/finding.hpp"
#include "log/record.hpp"

namespace detente {

// Names to indices, looked up without copying the name.
class NameIndex {
 public:
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? std::nullopt : std::optional(found->second);
  }
  void add(std::string_view name, std::uint32_t value) { index_.emplace(name, value); }
  [[nodiscard]] std::size_t size() const { return index_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> index_;
};

struct RecordDraft {
  Record record{};
  Findings findings{};
  std::optional<Clock> clock{};  // known from the preset or since the first readable date
  DateOrder dates = DateOrder::as_written;
  bool decimal_comma = false;
  NameIndex actors{};
  NameIndex types{};
  std::vector<EventType> ontology{};  // types that the record has without declaring them, as its events name them
  NameIndex ontology_codes{};
  std::unordered_map<std::string, std::string> hints{};  // unknown name -> hint, so that it is searched for once
};

// The moment that `text` names on the draft's clock; the first readable one sets the clock.  Empty when it names none.
[[nodiscard]] std::optional<ParsedTime> read_time(RecordDraft& draft, std::string_view text);

// A problem for a date that read_time() refused.
[[nodiscard]] Problem bad_date(const RecordDraft& draft, std::string_view column, std::string_view text);

// First day of the month that a month-precision moment stands at the end of; other moments as they are.
[[nodiscard]] Time earliest(const ParsedTime& moment);

// A new actor that the record only mentions.
ActorId add_actor(RecordDraft& draft, std::string_view id, std::uint32_t line);

// "a similar actor exists: 'France'", or empty.
[[nodiscard]] std::string actor_hint(RecordDraft& draft, std::string_view name);
[[nodiscard]] std::string type_hint(RecordDraft& draft, std::string_view name);

// The finite number that `text` is, or empty; with a comma before its decimals where the file has that.
[[nodiscard]] std::optional<double> read_number(std::string_view text, bool decimal_comma = false);

}  // namespace detente
