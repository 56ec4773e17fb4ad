// The world on one clock: leaders' events jump, layers flow, and between ticks interventions act.
//
// Leaders' hazards are constant between one event, or the beginning of a tick, and the next, because traces fade and signals
// change by whole ticks: the next event is drawn exactly, by competing exponential waiting times, and what is forbidden is
// thinned out.  A world is a value: a copy is a snapshot that branches, and goes on to the same bits.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/coupled_path.hpp"
#include "simulate/leaders_fit.hpp"
#include "simulate/scenario.hpp"

namespace detente {

// What every replicate of a scenario starts from.  Const and shared; the leaders must outlive it.
class WorldStart {
 public:
  // The layers alone.  Throws Error: a layer or a setting that is not known, an actor who does not take part, a date
  // outside the horizon, a deed that needs a record.
  explicit WorldStart(const Scenario& scenario);
  // With leaders' events from what is known at the start, and hazards as fitted to it.
  WorldStart(const Scenario& scenario, const LeadersFit& leaders);

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const Cast& cast() const { return cast_; }
  [[nodiscard]] bool has_leaders() const { return path_.has_value(); }
  [[nodiscard]] const PathStart& path() const { return *path_; }
  [[nodiscard]] Coefficients coefficients(std::uint32_t replicate) const;  // a draw of the posterior
  [[nodiscard]] std::size_t ticks() const { return scenario_.ticks(); }
  [[nodiscard]] Time at(std::size_t tick) const;  // where tick number `tick` begins
  [[nodiscard]] Time ends()
      const;  // last day of the horizon, as of a forecast; of layers alone on numbers, where it is over

  // The interventions, with who is meant; in the order of their ticks.
  struct Act {
    std::size_t tick;
    std::size_t until;  // forbid: the first tick that is free again
    Deed deed;
    ActorId one = no_id;
    ActorId other = no_id;
    std::size_t hazard = no_id;
    Event event{};
    bool ruptured = false;
    TieId like = no_id;  // start: the tie of the record that it is like
    std::string layer{};
    std::string setting{};
    double value = 0;
  };
  [[nodiscard]] const std::vector<Act>& acts() const { return acts_; }
  [[nodiscard]] const std::vector<SignalAttribute>& simulated_attributes() const { return simulated_; }
  // What is to be said of ties that start, or why none does; empty for layers alone.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  // Throws Error at `where` with the closest code.
  [[nodiscard]] TypeId find_type(const std::string& code, const Place& where) const;
  [[nodiscard]] CoupledLayers make_layers(const LayerDraws& draws) const;

 private:
  void check_not_empty() const;
  [[nodiscard]] std::vector<bool> find_starts();  // the start hazards that start ties
  void place_acts();
  [[nodiscard]] Act place_act(const Intervention& one) const;
  void place_event(const Intervention& one, Act& act) const;
  [[nodiscard]] TieId find_like(const Intervention& one, Dyad pair) const;

  Scenario scenario_;
  Cast cast_;
  const LeadersFit* leaders_ = nullptr;
  std::optional<PathStart> path_;
  std::vector<Act> acts_;
  std::vector<SignalAttribute> simulated_;
  std::vector<std::string> notes_;
};

// Of what happened, what a world tells of the ties that start, with their kind in brackets; the rest is of the layers.
[[nodiscard]] bool tells_of_tie(std::string_view what);

// An act that was simulated, for pictures.
struct SimulatedAct {
  Event event;
  std::size_t hazard;
};

class World {
 public:
  // `start` must outlive it.  `threads` is for one layer's own work.
  World(const WorldStart& start, std::uint32_t replicate, unsigned threads = 1);

  // Runs the next tick.  Must not be called more than start.ticks() times.
  void tick();
  [[nodiscard]] std::size_t ticks_done() const { return tick_; }
  void observe(ReadOuts& out) const;
  [[nodiscard]] bool exploded() const { return exploded_; }
  [[nodiscard]] const Signals& signals() const { return layers_.signals(); }
  [[nodiscard]] const std::vector<Happening>& happenings() const { return happenings_; }
  void keep_acts(std::vector<SimulatedAct>* acts) { kept_ = acts; }

 private:
  struct Vacancy {  // what a dismissal ended
    ActorId organization;
    ActorId leader;
    TieId like;
  };
  void intervene();
  void do_act(const WorldStart::Act& act);
  [[nodiscard]] LayerEvent heard_from_outside(const Event& event) const;
  void follow_happenings(std::size_t from);
  void run_leaders(const LayerStep& step);
  void observe_new_ties(PathObserver& observer);
  void observe_leaders(ReadOuts& out) const;
  void tell_of_act(const Happening& one);
  void take_up_office(const Happening& one);
  void tell(std::string what, TieId tie);

  const WorldStart* start_;
  LayerDraws draws_;
  unsigned threads_;
  std::optional<Path> path_;
  CoupledLayers layers_;
  std::vector<Happening> happenings_;
  std::vector<double> events_;    // by hazard: simulated so far
  std::vector<double> ruptures_;  // by tie of the path: summed probability
  std::vector<double> starts_;    // by hazard: ties started so far
  std::vector<Vacancy> vacancies_;
  double new_ruptures_ = 0;  // of ties that started: summed probability
  std::vector<SimulatedAct>* kept_ = nullptr;
  std::size_t next_act_ = 0;
  std::size_t tick_ = 0;
  bool exploded_ = false;
};

}  // namespace detente
