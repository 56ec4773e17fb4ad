// Progress of a run that may take minutes.  On a terminal a bar that is redrawn in place; elsewhere, such as in a log, a line
// when it begins and one every ten seconds, so that nobody has to guess whether it still runs.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "cli/common.hpp"

namespace detente::cli {

// "backtest: [######--------------] 12 of 40 dates, 30 %, about 1 min 5 s left".  Time left is that of the share so far, and
// not said before there is any.
[[nodiscard]] std::string bar_text(const std::string& name, const std::string& stage, double share, double seconds);

class ProgressBar {
 public:
  using Clock = std::function<double()>;  // seconds
  ProgressBar(const Streams& streams, std::string name, Clock clock = {});
  void begin(const std::string& what);                // "40 dates, 400 paths each"
  void show(const std::string& stage, double share);  // from any thread
  void clear() { line_.clear(); }

 private:
  Streams streams_;
  ProgressLine line_;
  std::string name_;
  Clock clock_;
  double began_;
  double last_written_;
  std::mutex guard_;
};

}  // namespace detente::cli
