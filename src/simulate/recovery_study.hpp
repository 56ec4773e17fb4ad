// Do fits find the coefficients that wrote a record?  Many small records are simulated from known coefficients, each is
// fitted again, and for every coefficient it is counted how often the 95 % Wald interval covers the truth.  A record is a
// function of seed and number, so a study has the same bits for any number of threads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace detente::test {

enum class Recovered : std::uint8_t {
  ordinal,
  exact,
  end,
  start,
  layer,            // beside followers who are heard
  choice,           // what the exact design wrote, given who acts: the same coefficients
  rate,             // who acts, where all alike are acted towards: the baseline is that of a sender
  rate_of_steps,    // of records that a rate and a choice wrote: who acts,
  choice_of_steps,  // and towards whom
  marks,            // who acts and whether to help or to blame: effects that both share, and separate ones
  marks_in_order    // the same from the order alone
};

struct RecoveryStudy {
  Recovered kind = Recovered::ordinal;
  std::uint32_t records = 200;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

struct RecoveredCoefficient {
  std::string name;
  double truth = 0;
  std::uint32_t covered = 0;    // intervals that hold the truth
  double mean = 0, spread = 0;  // of the estimates
  double mean_error = 0;        // of their standard errors
};

struct Recovery {
  std::uint32_t records = 0;
  std::uint32_t converged = 0;                 // only these are counted in the coefficients
  std::map<std::string, std::uint32_t> other;  // by status; "exploded": a path that was cut short
  double mean_events = 0;                      // in the likelihood of a record
  std::vector<RecoveredCoefficient> coefficients;
};

[[nodiscard]] Recovery recover(const RecoveryStudy& study);

}  // namespace detente::test
