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
  float keep;  // e^-h
};

DETENTE_VECTOR_CLONES
void flow_block(const Kernel& k, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    const float* row = k.affect + i * k.stride;
    const float u = k.attention[i];
    const float heard = k.media[i];
    const float held = k.anchor[i];
    for (std::size_t from = 0; from < k.stride; from += lane) {
      float pull[lane] = {};
      for (std::size_t a = 0; a < k.leaders; ++a) {
        const float* feels = k.sentiment + a * k.stride + from;
        const float affect = row[a];
        for (std::size_t l = 0; l < lane; ++l) pull[l] += affect * feels[l];
      }
      const float* tie = k.ties + (i - first) * k.ties_stride + from;
      const float* start = k.start + i * k.stride + from;
      float* next = k.next + i * k.stride + from;
      for (std::size_t l = 0; l < lane; ++l) {
        const float x = row[from + l];
        const float target = fast_tanh(u * (k.ego * x + heard * pull[l] + tie[l]));
        const float rest = target + held * (start[l] - target);
        next[l] = rest + k.keep * (x - rest);
      }
    }
  }
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
std::vector<float> mean_pull(const FollowerState& state, double omega, unsigned threads) {
  std::vector<float> pull(state.stride, 0.0F);
  for (std::size_t l = 0; l < state.leaders && omega != 0; ++l)
    pull[l] = static_cast<float>(
        omega / static_cast<double>(state.people) *
        sum_over_people(state.people, threads, [&](std::size_t i) { return static_cast<double>(state.at(i, l)); }));
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
  const auto stride = static_cast<double>((leaders + lane - 1) / lane * lane);
  return people * (3 * stride + 3) * sizeof(float);
}

void step_followers(FollowerState& state, const Network& network, const FollowerForces& forces, double h,
                    unsigned threads) {
  const bool by_tie = forces.ties != 0 && !network.is_complete();
  const std::vector<float> common = mean_pull(state, by_tie ? 0 : forces.ties, threads);
  std::vector<float> sentiment = forces.sentiment;
  for (float& x : sentiment) x *= static_cast<float>(forces.leaders / static_cast<double>(state.leaders));
  Kernel kernel{.affect = state.affect.data(),
                .next = state.next.data(),
                .start = state.start.data(),
                .attention = state.attention.data(),
                .anchor = state.anchor.data(),
                .media = state.media.data(),
                .sentiment = sentiment.data(),
                .ties = common.data(),
                .ties_stride = 0,
                .stride = state.stride,
                .leaders = state.leaders,
                .ego = static_cast<float>(forces.ego),
                .keep = static_cast<float>(std::exp(-h))};
  for_people(state.people, threads, [&](std::size_t first, std::size_t last) {
    if (!by_tie) return flow_block(kernel, first, last);
    constexpr std::size_t few = 256;  // whose ties stay in the nearest cache
    std::vector<float> pulls(few * state.stride);
    Kernel own = kernel;
    own.ties = pulls.data();
    own.ties_stride = state.stride;
    for (std::size_t i = first; i < last; i += few) {
      const std::size_t end = std::min(last, i + few);
      tie_block(network, kernel.affect, state.stride, static_cast<float>(forces.ties), i, end, pulls.data());
      flow_block(own, i, end);
    }
  });
  state.affect.swap(state.next);
}

}  // namespace detente
