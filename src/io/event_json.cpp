#include "io/event_json.hpp"

#include <cmath>

namespace detente {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json event_json(const Record& record, EventId id) {
  const Event& event = record.events[id];
  const EventType& type = record.types[event.type];
  const bool has_text = !record.texts.empty();
  return {{"date", format_time(event.time, record.clock)},
          {"precision", event.precision == Precision::month ? "month"
                        : event.precision == Precision::day ? "day"
                                                            : "instant"},
          {"source", record.actors[event.sender].id},
          {"target", record.actors[event.receiver].id},
          {"type", type.code},
          {"label", type.label.empty() ? type.code : type.label},
          {"quad", to_string(type.quad)},
          {"intensity", event.intensity},
          {"description", has_text ? text_or_null(record.texts[id].description) : Json()},
          {"reference", has_text ? text_or_null(record.texts[id].reference) : Json()},
          {"verified", has_text ? Json(record.texts[id].verified) : Json()}};
}

Json date_or_null(Time time, Clock clock) { return std::isfinite(time) ? Json(format_time(time, clock)) : Json(); }

}  // namespace detente
