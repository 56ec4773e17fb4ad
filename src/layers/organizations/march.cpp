#include "layers/organizations/march.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/memory_limit.hpp"

namespace detente {
namespace {

constexpr SettingDoc settings[] = {
    {"dimensions", SettingKind::whole, "30", "dimensions", "m: of reality", 1, 10000},
    {"people", SettingKind::whole, "50", "people", "n", 1, 1e6},
    {"p1", SettingKind::number, "0.1", "per period", "people learn from the code", 0, 1, "", true},
    {"p2", SettingKind::number, "0.9", "per period", "the code learns from people", 0, 1, "", true},
    {"p3", SettingKind::number, "0", "per period", "turnover: people replaced by naive recruits", 0, 1, "", true},
    {"p4", SettingKind::number, "0", "per period", "turbulence: dimensions of reality that turn", 0, 1, "", true},
    {"period", SettingKind::duration, "1d", "", "time of one period"},
};

constexpr ReadOutDoc read_outs[] = {
    {"knowledge", "share", "mean share of reality that people have right"},
    {"code_knowledge", "share", "share of reality that the code has right"},
    {"settled", "0 or 1", "everybody believes the code"},
};

MarchOptions options_of(const Settings& given) {
  require_memory(given.number("people") * given.number("dimensions"), "the beliefs of `people`", {});
  return {.dimensions = given.whole("dimensions"),
          .people = given.whole("people"),
          .from_code = given.number("p1"),
          .by_code = given.number("p2"),
          .turnover = given.number("p3"),
          .turbulence = given.number("p4")};
}

std::int8_t naive(double u) { return static_cast<std::int8_t>(std::min(2, static_cast<int>(3 * u)) - 1); }

}  // namespace

const LayerDoc MarchLearning::doc{
    .layer = "organizations",
    .model = "march",
    .summary = "An organization's code and its people learn from each other; slow learners know more.",
    .equation = "person := code with p1; code := majority of those who know more with 1 - (1 - p2)^k",
    .source = "March (1991), pages 74-75",
    .time = "a period takes `period`",
    .hypothesis = "",
    .settings = settings,
    .read_outs = read_outs};

MarchLearning::MarchLearning(const Settings& given, const Cast&, const LayerDraws& draws)
    : MarchLearning(options_of(given), draws) {
  every_ = given.days("period");
}

MarchLearning::MarchLearning(const MarchOptions& options, const LayerDraws& draws)
    : options_(options),
      reality_(options.dimensions),
      code_(options.dimensions, 0),
      beliefs_(options.dimensions * options.people),
      present_(options.people, 1) {
  const std::size_t m = options_.dimensions;
  for (std::size_t d = 0; d < m; ++d) reality_[d] = draw(draws, options_.people + 1, d) < 0.5 ? -1 : 1;
  for (std::size_t i = 0; i < options_.people; ++i)
    for (std::size_t d = 0; d < m; ++d) beliefs_[i * m + d] = naive(draw(draws, i, d));
  periods_ = 1;
}

// An entity's number is that of its seat and dimension: no two of one period share a draw.
double MarchLearning::draw(const LayerDraws& draws, std::size_t seat, std::size_t dimension) const {
  const auto entity = static_cast<std::uint32_t>((options_.first_seat + seat) * options_.dimensions + dimension);
  return uniform(draws.key(Purpose::knowledge, entity, periods_));
}

std::size_t MarchLearning::right(const std::int8_t* beliefs) const {
  std::size_t count = 0;
  for (std::size_t d = 0; d < reality_.size(); ++d) count += beliefs[d] == reality_[d] ? 1 : 0;
  return count;
}

std::vector<std::int8_t> MarchLearning::taught_code(const LayerDraws& draws) const {
  const std::size_t m = options_.dimensions;
  const std::size_t known = right(code_.data());
  std::vector<int> balance(m, 0);  // of the people who know more
  for (std::size_t i = 0; i < options_.people; ++i)
    if (present_[i] != 0 && right(&beliefs_[i * m]) > known)
      for (std::size_t d = 0; d < m; ++d) balance[d] += beliefs_[i * m + d];
  std::vector<std::int8_t> code = code_;
  for (std::size_t d = 0; d < m; ++d) {
    const auto majority = static_cast<std::int8_t>((balance[d] > 0) - (balance[d] < 0));
    if (majority == 0 || majority == code_[d]) continue;
    const double chance = 1 - std::pow(1 - options_.by_code, std::abs(balance[d]));
    if (draw(draws, options_.people, d) < chance) code[d] = majority;
  }
  return code;
}

void MarchLearning::teach_people(const LayerDraws& draws) {
  const std::size_t m = options_.dimensions;
  for (std::size_t i = 0; i < options_.people; ++i) {
    if (present_[i] == 0) continue;
    for (std::size_t d = 0; d < m; ++d) {
      std::int8_t& belief = beliefs_[i * m + d];
      if (code_[d] != 0 && belief != code_[d] && draw(draws, i, d) < options_.from_code) belief = code_[d];
    }
  }
}

void MarchLearning::recruit(std::size_t seat, const LayerDraws& draws) {
  const std::size_t m = options_.dimensions;
  present_[seat] = 1;
  const auto first = static_cast<std::uint32_t>((options_.first_seat + seat) * m);
  for (std::size_t d = 0; d < m; ++d) {
    // The second of a pair: the first may have been this seat's learning.
    const auto entity = first + static_cast<std::uint32_t>(d);
    beliefs_[seat * m + d] = naive(uniform_pair(draws.key(Purpose::knowledge, entity, periods_))[1]);
  }
}

void MarchLearning::turn_over(const LayerDraws& draws) {
  const std::size_t n = options_.people;
  for (std::size_t i = 0; options_.turnover > 0 && i < n; ++i)
    if (present_[i] != 0 && draw(draws, n + 2 + i, 0) < options_.turnover) recruit(i, draws);
  for (std::size_t d = 0; options_.turbulence > 0 && d < options_.dimensions; ++d)
    if (draw(draws, n + 1, d) < options_.turbulence) reality_[d] = static_cast<std::int8_t>(-reality_[d]);
}

void MarchLearning::period(const LayerDraws& draws) {
  std::vector<std::int8_t> code = taught_code(draws);
  teach_people(draws);
  code_ = std::move(code);
  turn_over(draws);
  ++periods_;
}

double MarchLearning::knowledge() const {
  std::size_t correct = 0;
  std::size_t people = 0;
  for (std::size_t i = 0; i < options_.people; ++i) {
    if (present_[i] == 0) continue;
    correct += right(&beliefs_[i * options_.dimensions]);
    ++people;
  }
  if (people == 0) return 0;
  return static_cast<double>(correct) / static_cast<double>(people * options_.dimensions);
}

double MarchLearning::code_knowledge() const {
  return static_cast<double>(right(code_.data())) / static_cast<double>(options_.dimensions);
}

bool MarchLearning::settled() const {
  const std::size_t m = options_.dimensions;
  for (std::size_t i = 0; i < options_.people; ++i)
    if (present_[i] != 0 && !std::equal(code_.begin(), code_.end(), &beliefs_[i * m])) return false;
  return true;
}

void MarchLearning::flow(const LayerStep& step, const Signals&) {
  time_ += step.days;
  for (; time_ >= every_ * (1 - 1e-12); time_ -= every_) period(step.draws);
}

void MarchLearning::observe(ReadOuts& out) const {
  out.add("knowledge", knowledge());
  out.add("code_knowledge", code_knowledge());
  out.add("settled", settled() ? 1 : 0);
}

bool MarchLearning::set(std::string_view name, double value) {
  if (name == "p1")
    options_.from_code = value;
  else if (name == "p2")
    options_.by_code = value;
  else if (name == "p3")
    options_.turnover = value;
  else if (name == "p4")
    options_.turbulence = value;
  else
    return false;
  return true;
}

}  // namespace detente
