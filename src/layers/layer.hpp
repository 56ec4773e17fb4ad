// A layer is a part of the world that flows between events: sentiment, publics, organizations, arena.  Each model of one is
// a small file whose class has
//
//   doc                     what it is, its equation and source, what it can be told and what it shows
//   Model(settings, cast, draws)   its state at the start; throws Error, the memory it needs foretold (base/memory_limit.hpp)
//   flow(step, signals)     the state moves on by step.days, by an exact update or with its own error control
//   jump(event, signals)    an event between leaders or organizations
//   publish(signals)        writes the columns it owns; most models own none
//   observe(read_outs)      the numbers a user sees
//   set(name, value)        a setting whose `changes` is true takes a new value; false when it cannot
//
// and one line in layers.def.  A model is a value: a copy is a snapshot.  Every draw it makes is keyed (draws.key), so that
// its path is the same bits for any number of threads.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "layers/settings.hpp"
#include "layers/signals.hpp"

namespace detente {

struct ReadOutDoc {
  std::string_view name;  // of one, or of one for each leader, organization or lab ("approval:musk")
  std::string_view unit;
  std::string_view meaning;
};

struct LayerDoc {
  std::string_view layer;    // the scenario's table: sentiment, publics, organizations, arena
  std::string_view model;    // "deffuant"
  std::string_view summary;  // one sentence
  std::string_view equation;
  std::string_view source;      // paper, equation
  std::string_view time;        // what one day of the scenario is to it
  std::string_view hypothesis;  // what is this project's own assumption, not the paper's; empty: nothing
  std::span<const SettingDoc> settings;
  std::span<const ReadOutDoc> read_outs;
};

// Who is in the world.  Ids are those of the record, or the order of the scenario's own list.
struct Cast {
  std::vector<std::string> actors;

  // Throws Error at `where` with the closest name.
  [[nodiscard]] ActorId find(std::string_view name, const Place& where) const;
};

struct LayerDraws {
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  [[nodiscard]] DrawKey key(Purpose purpose, std::uint32_t entity, std::uint32_t step) const {
    return {seed, replicate, purpose, entity, step};
  }
};

// What a layer brings about in the world of actors: a dismissal, a return.  The world turns it into ties and read-outs.
struct Happening {
  Time time;
  std::string what;  // "dismissal", "return", "court acts"
  ActorId who = no_id;
  ActorId whom = no_id;
  std::string act{};  // a code of the record's types of event: it is an event as well, which the world tells to all
};

struct LayerStep {
  Time from;             // in days
  double days;           // its length
  std::uint32_t number;  // counts the steps of a run, for keyed draws
  LayerDraws draws;
  unsigned threads = 1;
  std::vector<Happening>* happenings = nullptr;  // to add to; may be null
};

// An event as a layer sees it.  `warmth`: intensity with the sign of its class, -10 (conflict) to +10 (cooperation).
struct LayerEvent {
  Time time;
  ActorId sender;
  ActorId receiver;
  double warmth;
  LayerDraws draws{};  // of whom it reaches
  unsigned threads = 1;
};

class ReadOuts {
 public:
  explicit ReadOuts(unsigned threads = 1) : threads_(threads) {}
  [[nodiscard]] unsigned threads() const { return threads_; }  // that a layer may use to find its numbers
  void add(std::string_view name, double value) { values_.emplace_back(name, value); }
  // Of one of many: "approval:musk".
  void add(std::string_view name, std::string_view of, double value) {
    values_.emplace_back(std::string(name) + ":" + std::string(of), value);
  }
  [[nodiscard]] const std::vector<std::pair<std::string, double>>& values() const { return values_; }
  [[nodiscard]] double value(std::string_view name) const;  // NaN when it is not there
  void clear() { values_.clear(); }

 private:
  std::vector<std::pair<std::string, double>> values_;
  unsigned threads_;
};

template <class M>
concept LayerModel = std::copyable<M> && std::constructible_from<M, const Settings&, const Cast&, const LayerDraws&> &&
    requires(M model, const M& is, const LayerStep& step, const LayerEvent& event, Signals& signals,
             const Signals& seen, ReadOuts& out, std::string_view name, double value) {
  { M::doc } -> std::convertible_to<const LayerDoc&>;
  model.flow(step, seen);
  model.jump(event, seen);
  is.publish(signals);
  is.observe(out);
  { model.set(name, value) } -> std::same_as<bool>;
};

// Any model, as a value.
class Layer {
 public:
  template <class M>
  requires(!std::same_as<M, Layer>) && LayerModel<M> explicit Layer(M model)
      : model_(std::make_unique<Holds<M>>(std::move(model))) {}
  Layer(const Layer& other) : model_(other.model_->clone()) {}
  Layer& operator=(const Layer& other) {
    model_ = other.model_->clone();
    return *this;
  }
  Layer(Layer&&) noexcept = default;
  Layer& operator=(Layer&&) noexcept = default;
  ~Layer() = default;

  [[nodiscard]] const LayerDoc& doc() const { return model_->doc(); }
  void flow(const LayerStep& step, const Signals& seen) { model_->flow(step, seen); }
  void jump(const LayerEvent& event, const Signals& seen) { model_->jump(event, seen); }
  void publish(Signals& signals) const { model_->publish(signals); }
  void observe(ReadOuts& out) const { model_->observe(out); }
  bool set(std::string_view name, double value) { return model_->set(name, value); }

 private:
  struct Any {
    virtual ~Any() = default;
    [[nodiscard]] virtual std::unique_ptr<Any> clone() const = 0;
    [[nodiscard]] virtual const LayerDoc& doc() const = 0;
    virtual void flow(const LayerStep& step, const Signals& seen) = 0;
    virtual void jump(const LayerEvent& event, const Signals& seen) = 0;
    virtual void publish(Signals& signals) const = 0;
    virtual void observe(ReadOuts& out) const = 0;
    virtual bool set(std::string_view name, double value) = 0;
  };
  template <class M>
  struct Holds final : Any {
    explicit Holds(M m) : model(std::move(m)) {}
    [[nodiscard]] std::unique_ptr<Any> clone() const override { return std::make_unique<Holds>(*this); }
    [[nodiscard]] const LayerDoc& doc() const override { return M::doc; }
    void flow(const LayerStep& step, const Signals& seen) override { model.flow(step, seen); }
    void jump(const LayerEvent& event, const Signals& seen) override { model.jump(event, seen); }
    void publish(Signals& signals) const override { model.publish(signals); }
    void observe(ReadOuts& out) const override { model.observe(out); }
    bool set(std::string_view name, double value) override { return model.set(name, value); }
    M model;
  };
  std::unique_ptr<Any> model_;
};

}  // namespace detente
