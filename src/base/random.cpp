#include "base/random.hpp"

#include <cmath>
#include <numbers>

#include <Random123/philox.h>

namespace detente {
namespace {

struct Bits {
  std::uint64_t first;
  std::uint64_t second;
};

Bits draw(const DrawKey& key) {
  const r123::Philox4x32::ctr_type counter{
      {key.step, key.entity, static_cast<std::uint32_t>(key.purpose), key.replicate}};
  const r123::Philox4x32::key_type seed{
      {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)}};
  const auto words = r123::Philox4x32{}(counter, seed);
  const auto join = [](std::uint64_t high, std::uint64_t low) { return (high << 32) | low; };
  return {join(words[0], words[1]), join(words[2], words[3])};
}

double to_unit(std::uint64_t bits) { return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53; }

}  // namespace

double uniform(const DrawKey& key) { return to_unit(draw(key).first); }

std::array<double, 2> uniform_pair(const DrawKey& key) {
  const Bits bits = draw(key);
  return {to_unit(bits.first), to_unit(bits.second)};
}

double exponential(const DrawKey& key) { return -std::log(uniform(key)); }

double normal(const DrawKey& key) {
  const Bits bits = draw(key);
  return std::sqrt(-2 * std::log(to_unit(bits.first))) * std::cos(2 * std::numbers::pi * to_unit(bits.second));
}

}  // namespace detente
