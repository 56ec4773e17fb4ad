#include "elsewhere_world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include <fmt/format.h>

namespace detente::elsewhere {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  double up_to(double most) { return most * static_cast<double>(engine_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 engine_;
};

constexpr std::array<const char*, 3> codes{"trade", "visit", "blame"};

std::string actor(std::size_t i) { return i == 0 ? "everybody" : fmt::format("a{}", i); }

std::string attributes_text(const World& world) {
  std::string text = "actor,date,attribute,value\n";
  for (std::size_t i = 0; i < world.actors; ++i) {
    text += fmt::format("{0},,size,{1}\n{0},{2},size,{3}\n{0},,wealth,{4}\n", actor(i), world.size[i],
                        world.size_changes, world.later_size[i], world.wealth[i]);
    text += fmt::format("{0},,camp,{1}\n{0},,who,{0}\n", actor(i), world.red[i] ? "red" : "blue");
  }
  return text;
}

std::string pairs_text(const World& world) {
  std::string text = "sender,receiver,date,attribute,value\n";
  for (std::size_t i = 0; i < world.actors; ++i)
    for (std::size_t j = 0; j < world.actors; ++j)
      if (i != j) text += fmt::format("{},{},,closeness,{}\n", actor(i), actor(j), world.closeness[i][j]);
  return text;
}

}  // namespace

World make_world(std::uint64_t seed, bool directed) {
  Dice dice(seed);
  World world;
  world.actors = 4 + dice.below(3);
  world.directed = directed;
  const auto other = [&](std::size_t i) { return (i + 1 + dice.below(world.actors - 1)) % world.actors; };
  double now = 1;
  for (std::size_t k = 0; k < 30; ++k) {
    now += dice.up_to(3);
    Act act{now, dice.below(world.actors), 0, static_cast<Kind>(dice.below(3)),
            static_cast<double>(1 + dice.below(40)) / 4};
    act.to = other(act.from);
    // Turns are taken often enough for each kind of shift to come about.
    if (k > 0 && dice.below(3) == 0) act = {now, world.acts.back().to, world.acts.back().from, act.kind, act.weight};
    world.acts.push_back(act);
  }
  for (std::size_t k = 0; k < 4; ++k) {
    const std::size_t a = dice.below(world.actors);
    const double start = dice.up_to(30);
    world.ties.push_back({a, other(a), start, start + dice.up_to(20)});
  }
  world.size_changes = now / 2;
  for (std::size_t i = 0; i < world.actors; ++i) {
    world.size.push_back(dice.up_to(5));
    world.later_size.push_back(dice.up_to(5));
    world.wealth.push_back(dice.up_to(5));
    world.red.push_back(i < 2 ? i == 0 : dice.below(2) == 0);
    world.closeness.emplace_back();
    for (std::size_t j = 0; j < world.actors; ++j) world.closeness.back().push_back(dice.up_to(5));
  }
  return world;
}

void write_world(const World& world, const TestFolder& folder, bool with_tables) {
  std::string events = "date,source,target,type,intensity\n";
  for (const Act& act : world.acts)
    events += fmt::format("{},{},{},{},{}\n", act.time, actor(act.from), actor(act.to), codes[act.kind], act.weight);
  folder.write("events.csv", events);
  folder.write("types.csv",
               "code,quad_class\ntrade,material-cooperation\nvisit,verbal-cooperation\nblame,verbal-conflict\n");
  std::string actors = "id,kind,enters\n";
  for (std::size_t i = 0; i < world.actors; ++i)
    actors += fmt::format("{},{},0\n", actor(i), i == 0 ? "everybody" : "member");
  folder.write("actors.csv", actors);
  std::string ties = "a,b,kind,start,end,ending\n";
  for (const Lasting& tie : world.ties)
    ties += fmt::format("{},{},alliance,{},{},rupture\n", actor(tie.a), actor(tie.b), tie.start, tie.end);
  folder.write("ties.csv", ties);
  folder.write("attributes.csv", attributes_text(world));
  if (!with_tables) return;
  folder.write("pairs.csv", pairs_text(world));
  folder.write("series.csv", fmt::format("date,series,value\n,heat,0.5\n{},heat,2\n", world.size_changes));
}

double Past::sum(std::size_t i, std::size_t j, const Weigh& weigh) const {
  double total = 0;
  for (std::size_t k = 0; k < known_; ++k) {
    const Act& act = world.acts[k];
    const bool there = act.from == i && act.to == j;
    const bool back = act.from == j && act.to == i;
    if (there || (!world.directed && back)) total += weigh(act);
  }
  return total;
}

double Past::count(std::size_t i, std::size_t j) const {
  return sum(i, j, [](const Act&) { return 1.0; });
}

double Past::count(std::size_t i, std::size_t j, Kind kind) const {
  return sum(i, j, [&](const Act& act) { return act.kind == kind ? 1.0 : 0.0; });
}

double Past::weight(std::size_t i, std::size_t j) const {
  return sum(i, j, [](const Act& act) { return act.weight; });
}

double Past::faded(std::size_t i, std::size_t j) const {
  return sum(i, j, [&](const Act& act) { return std::exp(-std::log(2.0) * (now - act.time) / 10); });
}

double Past::recency(const std::function<bool(const Act&)>& fits) const {
  for (std::size_t k = known_; k-- > 0;)
    if (fits(world.acts[k])) return 1 / (now - world.acts[k].time + 1);
  return 0;
}

double sent(const Past& past, std::size_t i, const Count& count) {
  double total = 0;
  for (std::size_t h = 0; h < past.n(); ++h) total += h == i ? 0 : count(i, h);
  return total;
}

double received(const Past& past, std::size_t i, const Count& count) {
  double total = 0;
  for (std::size_t h = 0; h < past.n(); ++h) total += h == i ? 0 : count(h, i);
  return total;
}

double in_force(const Past& past, std::size_t i, std::size_t j) {
  return std::any_of(past.world.ties.begin(), past.world.ties.end(), [&](const Lasting& tie) {
    const bool between = (tie.a == i && tie.b == j) || (tie.a == j && tie.b == i);
    return between && tie.start < past.now && past.now < tie.end;
  });
}

double smaller(double a, double b) { return std::min(a, b); }
double product(double a, double b) { return a * b; }
double both(double a, double b) { return a > 0 && b > 0 ? 1 : 0; }

}  // namespace detente::elsewhere
