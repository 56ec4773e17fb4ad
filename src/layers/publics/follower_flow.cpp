#include "layers/publics/follower_flow.hpp"

#include <algorithm>
#include <cmath>

#include "layers/publics/averaging.hpp"
#include "layers/publics/fast_tanh.hpp"

// The same source for the vector units that are there; without fused operations all give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define DETENTE_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define DETENTE_VECTOR_CLONES
#endif

namespace detente {
namespace {

constexpr std::size_t lane = 8;

struct Kernel {
  const float* affect;
  float* next;
  const float* start;
  const float* attention;
  const float* anchor;
  const float* media;
  const float* sentiment;  // already times γ/L
  const float* ties;       // of each person or of all: ω W A, when there are ties
  std::size_t ties_stride;
  std::size_t stride;
  std::size_t leaders;
  float ego;
  float keep;     // e^-h
  float correct;  // (e^-h - 1 + h)/h; 0: a step of first order
  float back;     // correct / (1 - e^-h)
};

constexpr std::size_t few = 256;  // people whose rows stay in the nearest cache

// What moves each person, before tanh.  `stride` is a constant where it is called with one.
inline void pull_rows(const Kernel& k, std::size_t stride, std::size_t first, std::size_t last, float* out) {
  for (std::size_t i = first; i < last; ++i)
    for (std::size_t from = 0; from < stride; from += lane) {
      const float* row = k.affect + i * stride;
      float pull[lane] = {};
      for (std::size_t a = 0; a < k.leaders; ++a)
        for (std::size_t l = 0; l < lane; ++l) pull[l] += row[a] * k.sentiment[a * stride + from + l];
      const float* tie = k.ties + (i - first) * k.ties_stride + from;
      const float u = k.attention[i];
      const float heard = k.media[i];
      float* to = out + (i - first) * stride + from;
      for (std::size_t l = 0; l < lane; ++l) to[l] = u * (k.ego * row[from + l] + heard * pull[l] + tie[l]);
    }
}

inline void settle_rows(const Kernel& k, std::size_t stride, std::size_t first, std::size_t last, const float* target) {
  for (std::size_t i = first; i < last; ++i) {
    const float held = k.anchor[i];
    for (std::size_t l = 0; l < stride; ++l) {
      const float goal = target[(i - first) * stride + l];
      const float rest = goal + held * (k.start[i * stride + l] - goal);
      k.next[i * stride + l] = rest + k.keep * (k.affect[i * stride + l] - rest);
    }
  }
}

// The second stage: `affect` is a, and `next` turns from A into A'.  T(A) is (a - e^-h A)/(1 - e^-h).
inline void correct_rows(const Kernel& k, std::size_t stride, std::size_t first, std::size_t last,
                         const float* target) {
  for (std::size_t i = first; i < last; ++i) {
    const float held = k.anchor[i];
    for (std::size_t l = 0; l < stride; ++l) {
      const std::size_t at = i * stride + l;
      const float goal = target[(i - first) * stride + l];
      const float rest = goal + held * (k.start[at] - goal);
      k.next[at] = k.affect[at] + k.correct * rest - k.back * (k.affect[at] - k.keep * k.next[at]);
    }
  }
}

// Of at most `few` people; `work` holds stride of each.
DETENTE_VECTOR_CLONES
void flow_few(const Kernel& k, std::size_t first, std::size_t last, float* __restrict work) {
  const std::size_t size = (last - first) * k.stride;
  if (k.stride == lane)
    pull_rows(k, lane, first, last, work);
  else
    pull_rows(k, k.stride, first, last, work);
  for (std::size_t n = 0; n < size; ++n) work[n] = fast_tanh(work[n]);
  if (k.correct > 0)
    correct_rows(k, k.stride, first, last, work);
  else if (k.stride == lane)
    settle_rows(k, lane, first, last, work);
  else
    settle_rows(k, k.stride, first, last, work);
}

DETENTE_VECTOR_CLONES
void tie_block(const Network& network, const float* affect, std::size_t stride, float omega, std::size_t first,
               std::size_t last, float* out) {
  const bool plain = network.is_stored() && !network.weighted();
  const std::uint32_t* columns = network.columns().data();
  for (std::size_t i = first; i < last; ++i)
    for (std::size_t from = 0; from < stride; from += lane) {
      float sum[lane] = {};
      float strength = 0;
      const auto add = [&](std::uint32_t j, float weight) {
        const float* other = affect + j * stride + from;
        for (std::size_t l = 0; l < lane; ++l) sum[l] += weight * other[l];
        strength += std::abs(weight);
      };
      if (plain)
        for (std::size_t e = network.begin(i), end = network.begin(i + 1); e < end; ++e) add(columns[e], 1.0F);
      else
        network.for_ties(i, add);
      const float scale = strength > 0 ? omega / strength : 0.0F;
      for (std::size_t l = 0; l < lane; ++l) out[(i - first) * stride + from + l] = scale * sum[l];
    }
}

// Of a complete network: ω times the mean of all, oneself included; the difference is of order 1/N.
std::vector<float> mean_pull(const FollowerState& state, const float* affect, double omega, unsigned threads) {
  std::vector<float> pull(state.stride, 0.0F);
  for (std::size_t l = 0; l < state.leaders && omega != 0; ++l)
    pull[l] = static_cast<float>(omega / static_cast<double>(state.people) *
                                 sum_over_people(state.people, threads, [&](std::size_t i) {
                                   return static_cast<double>(affect[i * state.stride + l]);
                                 }));
  return pull;
}

}  // namespace

FollowerState::FollowerState(std::size_t people_of, std::size_t leaders_of)
    : people(people_of),
      leaders(leaders_of),
      stride((leaders_of + lane - 1) / lane * lane),
      affect(people * stride),
      next(people * stride),
      start(people * stride),
      attention(people, 1.0F),
      anchor(people),
      media(people, 1.0F) {}

double FollowerState::bytes(double people, std::size_t leaders) {
  const std::size_t stride = (leaders + lane - 1) / lane * lane;
  return people * static_cast<double>((3 * stride + 3) * sizeof(float));
}

FollowerSteps follower_steps(double time, double longest, double lipschitz, double tolerance) {
  const auto steps = [&](double share) { return std::ceil(std::max(time / longest, time * share) - 1e-9); };
  const double first = steps(lipschitz / (2 * tolerance));
  const double second = steps(lipschitz / std::sqrt(6 * tolerance));
  const bool one = first <= 2 * second;
  return {static_cast<std::size_t>(one ? first : second), one ? 1 : 2};
}

double follower_lipschitz(const FollowerForces& forces, std::size_t leaders, double steepest) {
  const std::size_t stride = (leaders + lane - 1) / lane * lane;
  double most = 0;
  for (std::size_t l = 0; l < leaders; ++l) {
    double sum = 0;
    for (std::size_t a = 0; a < leaders; ++a) sum += std::abs(static_cast<double>(forces.sentiment[a * stride + l]));
    most = std::max(most, sum / static_cast<double>(leaders));
  }
  return steepest * (forces.ego + forces.leaders * most + forces.ties);
}

namespace {

// One evaluation of T at `affect` for everybody, and what `kernel` makes of it.
void evaluate(const FollowerState& state, const Network& network, const FollowerForces& forces, Kernel kernel,
              unsigned threads) {
  const bool by_tie = forces.ties != 0 && !network.is_complete();
  const std::vector<float> common = mean_pull(state, kernel.affect, by_tie ? 0 : forces.ties, threads);
  kernel.ties = common.data();
  for_people(state.people, threads, [&](std::size_t first, std::size_t last) {
    std::vector<float> work(few * state.stride);
    std::vector<float> pulls(by_tie ? few * state.stride : 0);
    Kernel own = kernel;
    if (by_tie) {
      own.ties = pulls.data();
      own.ties_stride = state.stride;
    }
    for (std::size_t i = first; i < last; i += few) {
      const std::size_t end = std::min(last, i + few);
      if (by_tie)
        tie_block(network, kernel.affect, state.stride, static_cast<float>(forces.ties), i, end, pulls.data());
      flow_few(own, i, end, work.data());
    }
  });
}

}  // namespace

void step_followers(FollowerState& state, const Network& network, const FollowerForces& forces, double h,
                    unsigned threads, int order) {
  std::vector<float> sentiment = forces.sentiment;
  for (float& x : sentiment) x *= static_cast<float>(forces.leaders / static_cast<double>(state.leaders));
  Kernel kernel{.affect = state.affect.data(),
                .next = state.next.data(),
                .start = state.start.data(),
                .attention = state.attention.data(),
                .anchor = state.anchor.data(),
                .media = state.media.data(),
                .sentiment = sentiment.data(),
                .ties = nullptr,
                .ties_stride = 0,
                .stride = state.stride,
                .leaders = state.leaders,
                .ego = static_cast<float>(forces.ego),
                .keep = static_cast<float>(std::exp(-h)),
                .correct = 0,
                .back = 0};
  evaluate(state, network, forces, kernel, threads);
  if (order == 1) {
    state.affect.swap(state.next);
    return;
  }
  const double correct = (std::expm1(-h) + h) / h;
  kernel.affect = state.next.data();
  kernel.next = state.affect.data();
  kernel.correct = static_cast<float>(correct);
  kernel.back = static_cast<float>(correct / -std::expm1(-h));
  evaluate(state, network, forces, kernel, threads);
}

}  // namespace detente
