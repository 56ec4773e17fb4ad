// Fits a relational event model to a handful of events that are in memory, and prints what it found.
#include <iomanip>
#include <iostream>
#include <vector>

#include <detente/detente.hpp>

namespace {

struct Message {
  double time;
  detente::ActorId from;
  detente::ActorId to;
};

// Who wrote to whom, at which hour.
const std::vector<Message> messages{{1, 0, 1},  {2, 1, 0},  {4, 0, 2},  {5, 2, 0},  {7, 0, 1},  {8, 1, 0},
                                    {9, 3, 2},  {11, 2, 3}, {12, 0, 1}, {14, 1, 2}, {15, 2, 1}, {17, 3, 0},
                                    {18, 0, 3}, {19, 1, 0}, {21, 3, 2}, {22, 2, 0}, {24, 0, 1}, {25, 2, 3}};

detente::Record make_record() {
  detente::Record record;
  record.clock = detente::Clock::number;  // hours; detente::Clock::calendar counts days
  record.types = {{.code = "message", .label = "Message"}};
  for (const char* id : {"anna", "ben", "cleo", "dan"}) {
    detente::Actor actor;
    actor.id = id;
    record.actors.push_back(actor);
  }
  for (const Message& message : messages)
    record.events.push_back({.time = message.time,
                             .sender = message.from,
                             .receiver = message.to,
                             .intensity = 1,
                             .type = 0,
                             .precision = detente::Precision::number,
                             .order = 0,
                             .line = 0});
  detente::order_events(record);
  detente::infer_lifetimes(record);
  return record;
}

detente::ModelSpec make_model() {
  detente::HazardText messages_sent;
  messages_sent.name = "messages";
  messages_sent.timing = detente::Timing::ordinal;
  messages_sent.formula.text = "inertia + reciprocity + in_degree(of=receiver)";
  detente::ModelSpec model;
  model.hazards.push_back(messages_sent);
  return model;
}

}  // namespace

int main() {
  try {
    const detente::Record record = make_record();
    const detente::Model model = detente::bind_model(make_model(), record);
    const detente::Fit fit = detente::fit(record, model, {});
    const detente::HazardFit& found = fit.hazards.front();
    std::cout << std::fixed << std::setprecision(4);
    for (std::size_t p = 0; p < found.names.size(); ++p)
      std::cout << found.names[p] << ' ' << found.newton.estimate(static_cast<Eigen::Index>(p)) << ' '
                << found.standard_error(p) << '\n';
    std::cout << fit.status() << '\n';
  } catch (const detente::Error& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
