#include "cli/progress.hpp"

#include <chrono>
#include <cmath>
#include <ostream>
#include <utility>

#include <fmt/ostream.h>

namespace detente::cli {
namespace {

constexpr double between_lines = 10;  // seconds

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string seconds_text(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string place_text(const std::string& stage, double share, double seconds) {
  std::string text = fmt::format("{}, {:.0f} %", stage, 100 * share);
  if (share > 0 && share < 1) text += fmt::format(", about {} left", seconds_text(seconds * (1 - share) / share));
  return text;
}

}  // namespace

std::string bar_text(const std::string& name, const std::string& stage, double share, double seconds) {
  constexpr std::size_t width = 20;
  const auto full = static_cast<std::size_t>(std::floor(share * width));
  return fmt::format("{}: [{}{}] {}", name, std::string(full, '#'), std::string(width - full, '-'),
                     place_text(stage, share, seconds));
}

ProgressBar::ProgressBar(const Streams& streams, std::string name, Clock clock)
    : streams_(streams),
      line_(streams),
      name_(std::move(name)),
      clock_(clock ? std::move(clock) : Clock(steady_seconds)),
      began_(clock_()),
      last_written_(began_) {}

void ProgressBar::begin(const std::string& what) {
  const std::lock_guard lock(guard_);
  began_ = last_written_ = clock_();
  if (!streams_.terminal) fmt::print(streams_.err, "{}: {}\n", name_, what);
  streams_.err.flush();
}

void ProgressBar::show(const std::string& stage, double share) {
  const std::lock_guard lock(guard_);
  const double now = clock_();
  if (streams_.terminal) return line_.show(bar_text(name_, stage, share, now - began_));
  if (now - last_written_ < between_lines) return;
  last_written_ = now;
  fmt::print(streams_.err, "{}: {}\n", name_, place_text(stage, share, now - began_));
  streams_.err.flush();
}

}  // namespace detente::cli
