#include "layers/publics/followers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "layers/publics/averaging.hpp"
#include "layers/publics/generators.hpp"
#include "layers/publics/read_outs.hpp"

namespace detente {
namespace {

constexpr SettingDoc own_settings[] = {
    {"leaders", SettingKind::words, "", "", "the actors that people have feelings about"},
    {"attention", SettingKind::number, "1", "", "u: how strongly people take up what they hear", 0, 20, "", true},
    {"attention_spread", SettingKind::number, "0", "", "u_i is uniform on u times 1 ± this", 0, 1},
    {"ego", SettingKind::number, "0.6", "", "α: self-gain of a feeling", 0, 5, "", true},
    {"gamma", SettingKind::number, "1", "", "γ: weight of what leaders feel for each other", 0, 20, "", true},
    {"omega", SettingKind::number, "0.2", "", "ω: weight of ties", 0, 5, "", true},
    {"anchor", SettingKind::number, "0.1", "share", "κ: mean weight of the start", 0, 1},
    {"anchor_spread", SettingKind::number, "0", "share", "κ_i is uniform on κ ± this, within [0, 1]", 0, 1},
    {"media", SettingKind::number, "1", "share", "people who hear what leaders feel and do", 0, 1},
    {"lean", SettingKind::numbers, "", "affect", "mean affect at the start, by leader; 0 unless given", -1, 1},
    {"start_spread", SettingKind::number, "0.1", "affect", "affect at the start is uniform on its mean ± this", 0, 1},
    {"issues", SettingKind::whole, "2", "issues", "on which people stand in [-1, 1], independent at the start", 1, 16},
    {"positions", SettingKind::numbers, "", "", "of each leader on each issue, leader by leader; drawn unless given",
     -1, 1},
    {"cues", SettingKind::flag, "true", "", "people take over what leaders they like do to others; false: the null"},
    {"cue_gain", SettingKind::number, "0.2", "affect", "of a cue of warmth 10 from a leader fully liked", 0, 2, "",
     true},
    {"issue_gain", SettingKind::number, "0.05", "", "as cue_gain, on issues; below cue_gain", 0, 2, "", true},
    {"reach", SettingKind::number, "0.5", "share", "people who hear of an event", 0, 1, "", true},
    {"susceptibility", SettingKind::number, "0.5", "share", "s: mean readiness to take a cue", 0, 1},
    {"susceptibility_spread", SettingKind::number, "0.5", "share", "s_i is uniform on s ± this, within [0, 1]", 0, 1},
    {"unit", SettingKind::duration, "30d", "", "the unit of time of the flow"},
    {"dt", SettingKind::number, "0.1", "units of time", "longest step", 1e-4, 1},
    {"tolerance", SettingKind::number, "0.01", "share", "error of a step against what it moves people", 1e-6, 1},
};
constexpr auto settings = with_network(own_settings, network_settings);

constexpr ReadOutDoc own_read_outs[] = {
    {"approval", "affect", "mean affect towards a leader"},
    {"camp", "share", "people who like this leader most"},
    {"unattached", "share", "people who like no leader"},
    {"affective_gap", "affect", "of the leader liked most over the mean of the others, mean over the attached"},
    {"camp_sorting", "", "how much camps tell of issues: root of the variance between camps, mean over issues"},
};
constexpr auto read_outs = with_read_outs(own_read_outs, opinion_read_outs);

}  // namespace

const LayerDoc FollowerSentiment::doc{
    .layer = "publics",
    .model = "followers",
    .summary =
        "A public's affect towards leaders flows with theirs and with its ties; events between leaders are cues.",
    .equation = "dA/dt = -A + (1 - κ) tanh(u (α A + γ A X / L + ω W A)) + κ A(0)",
    .source =
        "saturating balance flow of this project; anchor: Friedkin & Johnsen (1990); cues: Zaller (1992), Lenz (2012)",
    .time = "a day is 1/unit of the unit of time",
    .hypothesis =
        "the flow itself, one self-gain for all people, cues in proportion to liking, and issues that move less than "
        "affect",
    .settings = settings,
    .read_outs = read_outs};

FollowerSentiment::FollowerSentiment(const Settings& given, const Cast& cast, const LayerDraws& draws)
    : draws_(draws),
      network_(make_network(given, draws)),
      dt_(given.number("dt")),
      tolerance_(given.number("tolerance")),
      unit_(given.days("unit")) {
  if (!given.given("leaders")) given.wrong("leaders", "followers need leaders", "names of actors");
  names_ = given.words("leaders");
  for (const std::string& name : names_) leaders_.push_back(cast.find(name, given.place("leaders")));
  const std::size_t people = network_.people();
  require_memory(FollowerState::bytes(static_cast<double>(people), names_.size()) +
                     8 * static_cast<double>(people) * static_cast<double>(given.whole("issues") + 1),
                 fmt::format("{} followers of {} leaders", people, names_.size()), {});
  state_ = FollowerState(people, names_.size());
  forces_ = {given.number("ego"), given.number("gamma"), given.number("omega"),
             std::vector<float>(state_.stride * state_.stride, 0.0F)};
  cues_ = {given.flag("cues"), given.number("cue_gain"), given.number("issue_gain"), given.number("reach")};
  attention_ = given.number("attention");
  if (cues_.issue_gain > cues_.cue_gain)
    given.wrong("issue_gain", "issues would move more than affect", "at most cue_gain");
  draw_people(given);
}

void FollowerSentiment::draw_people(const Settings& given) {
  const std::size_t people = state_.people;
  const std::size_t count = names_.size();
  std::vector<double> lean = given.given("lean") ? given.numbers("lean") : std::vector<double>(count, 0.0);
  if (lean.size() != count) given.wrong("lean", "not one number for each leader");
  const double spread = given.number("start_spread");
  const double uneven = given.number("attention_spread");
  susceptibility_ =
      drawn_trait(people, given.number("susceptibility"), given.number("susceptibility_spread"), 0, draws_);
  const std::vector<double> anchor =
      drawn_trait(people, given.number("anchor"), given.number("anchor_spread"), 1, draws_);
  for (std::size_t i = 0; i < people; ++i) {
    const auto draw =
        uniform_pair(draws_.key(Purpose::layer_start, static_cast<std::uint32_t>(i), first_trait_column + 2));
    state_.attention[i] = static_cast<float>(attention_ * (1 + uneven * (2 * draw[0] - 1)));
    state_.media[i] = draw[1] < given.number("media") ? 1.0F : 0.0F;
    state_.anchor[i] = static_cast<float>(anchor[i]);
    steepest_ = std::max(steepest_, static_cast<double>(state_.attention[i]) * (1 - anchor[i]));
    for (std::size_t l = 0; l < count; ++l) {
      const double u = uniform(draws_.key(Purpose::layer_start, static_cast<std::uint32_t>(i),
                                          first_trait_column + 16 + static_cast<std::uint32_t>(l)));
      state_.at(i, l) = static_cast<float>(std::clamp(lean[l] + spread * (2 * u - 1), -1.0, 1.0));
    }
  }
  state_.start = state_.affect;
  const auto issues = static_cast<std::uint32_t>(given.whole("issues"));
  const std::vector<double> told = given.given("positions") ? given.numbers("positions") : std::vector<double>{};
  if (!told.empty() && told.size() != count * issues)
    given.wrong("positions", "not one number for each leader and issue");
  for (std::uint32_t k = 0; k < issues; ++k) {
    issues_.push_back(drawn_opinions(people, -1, 1, k, draws_));
    positions_.push_back(drawn_opinions(count, -1, 1, 2 * first_trait_column + k, draws_));
    for (std::size_t l = 0; l < count && !told.empty(); ++l) positions_[k][l] = told[l * issues + k];
  }
}

std::size_t FollowerSentiment::leader(ActorId actor) const {
  return static_cast<std::size_t>(std::find(leaders_.begin(), leaders_.end(), actor) - leaders_.begin());
}

void FollowerSentiment::flow(const LayerStep& step, const Signals& seen) {
  for (std::size_t a = 0; a < leaders_.size(); ++a)
    for (std::size_t b = 0; b < leaders_.size(); ++b)
      forces_.sentiment[a * state_.stride + b] =
          a == b ? 0.0F : static_cast<float>(seen.feeling(leaders_[a], leaders_[b]));
  const double time = step.days / unit_;
  const FollowerSteps steps =
      follower_steps(time, dt_, follower_lipschitz(forces_, leaders_.size(), steepest_), tolerance_);
  for (std::size_t k = 0; k < steps.count; ++k)
    step_followers(state_, network_, forces_, time / static_cast<double>(steps.count), step.threads, steps.order);
}

void FollowerSentiment::jump(const LayerEvent& event, const Signals&) {
  const std::size_t a = leader(event.sender);
  const std::size_t b = leader(event.receiver);
  const std::uint32_t number = events_++;
  if (!cues_.taken || a == leaders_.size() || b == leaders_.size() || a == b) return;
  const double warmth = event.warmth / 10;
  const auto take = [&](std::size_t i) {
    const auto liking = static_cast<double>(state_.at(i, a));
    if (liking <= 0 || state_.media[i] == 0.0F) return;
    if (uniform(event.draws.key(Purpose::public_flow, static_cast<std::uint32_t>(i), number)) >= cues_.reach) return;
    const double taken = warmth * susceptibility_[i] * liking;
    const double affect = static_cast<double>(state_.at(i, b)) + cues_.cue_gain * taken;
    state_.at(i, b) = static_cast<float>(std::clamp(affect, -1.0, 1.0));
    for (std::size_t k = 0; k < issues_.size(); ++k)
      issues_[k][i] = std::clamp(issues_[k][i] + cues_.issue_gain * taken * positions_[k][b], -1.0, 1.0);
  };
  for_people(state_.people, event.threads, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) take(i);
  });
}

namespace {

// Sums by number, of each block of people, added in order: body(sums, first, last).
template <class Body>
std::vector<double> block_sums(std::size_t people, std::size_t count, unsigned threads, const Body& body) {
  std::vector<double> sums((people + people_in_block - 1) / people_in_block * count);
  for_people(people, threads, [&](std::size_t first, std::size_t last) {
    body(std::span(sums).subspan(first / people_in_block * count, count), first, last);
  });
  std::vector<double> all(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t k = count; k < sums.size(); ++k) all[k % count] += sums[k];
  return all;
}

}  // namespace

std::vector<double> FollowerSentiment::approval(unsigned threads) const {
  constexpr std::size_t lane = 8;  // leaders side by side: rows are padded to that
  const std::size_t stride = state_.stride;
  std::vector<double> mean =
      block_sums(state_.people, stride, threads, [&](std::span<double> sums, std::size_t first, std::size_t last) {
        for (std::size_t from = 0; from < stride; from += lane) {
          std::array<double, lane> sum{};
          for (std::size_t i = first; i < last; ++i)
            for (std::size_t l = 0; l < lane; ++l) sum[l] += static_cast<double>(state_.affect[i * stride + from + l]);
          std::copy(sum.begin(), sum.end(), sums.begin() + static_cast<std::ptrdiff_t>(from));
        }
      });
  mean.resize(leaders_.size());
  for (double& value : mean) value /= static_cast<double>(state_.people);
  return mean;
}

// The leader each likes most, leaders_.size() who likes none; by leader how many like it most, then how many like none,
// then the sum of the gaps of those who like one.
struct FollowerSentiment::Camps {
  std::vector<std::uint32_t> of;
  std::vector<double> sums;
};

FollowerSentiment::Camps FollowerSentiment::camps(unsigned threads) const {
  const std::size_t count = leaders_.size();
  Camps camps{std::vector<std::uint32_t>(state_.people), {}};
  const auto read = [&](std::span<double> sums, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      std::size_t camp = count;
      float most = 0;
      double sum = 0;
      for (std::size_t l = 0; l < count; ++l) {
        const float affect = state_.at(i, l);
        if (affect > most) most = affect, camp = l;
        sum += static_cast<double>(affect);
      }
      camps.of[i] = static_cast<std::uint32_t>(camp);
      ++sums[camp];
      const auto liked = static_cast<double>(most);
      if (camp < count && count > 1) sums[count + 1] += liked - (sum - liked) / static_cast<double>(count - 1);
    }
  };
  camps.sums = block_sums(state_.people, count + 2, threads, read);
  return camps;
}

void FollowerSentiment::publish(Signals& signals) const {
  const std::vector<double> mean = approval();
  for (std::size_t l = 0; l < leaders_.size(); ++l) signals.approval[leaders_[l]] = mean[l];
}

double camp_sorting(std::span<const double> x, std::span<const std::uint32_t> camp, std::size_t camps,
                    unsigned threads) {
  const OpinionMoments all = opinion_moments(x, threads);
  const std::vector<double> sums =
      block_sums(x.size(), 2 * camps, threads, [&](std::span<double> of, std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
          of[2 * camp[i]] += x[i];
          ++of[2 * camp[i] + 1];
        }
      });
  double between = 0;
  for (std::size_t c = 0; c < camps; ++c)
    if (const double count = sums[2 * c + 1]; count > 0) between += count * std::pow(sums[2 * c] / count - all.mean, 2);
  return all.variance > 0 ? std::sqrt(between / static_cast<double>(x.size()) / all.variance) : 0;
}

void FollowerSentiment::observe(ReadOuts& out) const {
  const std::size_t count = leaders_.size();
  const auto people = static_cast<double>(state_.people);
  const std::vector<double> mean = approval(out.threads());
  const Camps camp = camps(out.threads());
  const double attached = people - camp.sums[count];
  for (std::size_t l = 0; l < count; ++l) out.add("approval", names_[l], mean[l]);
  for (std::size_t l = 0; l < count; ++l) out.add("camp", names_[l], camp.sums[l] / people);
  out.add("unattached", camp.sums[count] / people);
  out.add("affective_gap", attached > 0 ? camp.sums[count + 1] / attached : 0);
  double sorting = 0;
  for (const std::vector<double>& issue : issues_) sorting += camp_sorting(issue, camp.of, count + 1, out.threads());
  out.add("camp_sorting", sorting / static_cast<double>(issues_.size()));
  observe_opinions(issues_, -1, 1, network_.is_stored() ? &network_ : nullptr, out);
}

bool FollowerSentiment::set(std::string_view name, double value) {
  if (name == "cue_gain")
    cues_.cue_gain = value;
  else if (name == "issue_gain")
    cues_.issue_gain = value;
  else if (name == "reach")
    cues_.reach = value;
  else if (name == "ego")
    forces_.ego = value;
  else if (name == "gamma")
    forces_.leaders = value;
  else if (name == "omega")
    forces_.ties = value;
  else if (name == "attention") {
    const double scale = attention_ > 0 ? value / attention_ : 0;
    if (attention_ <= 0 && value > 0) return false;  // nobody attends by how much
    for (float& u : state_.attention) u = static_cast<float>(static_cast<double>(u) * scale);
    attention_ = value;
    steepest_ *= scale;
  } else
    return false;
  return true;
}

}  // namespace detente
