// Progress of long runs: redrawn on a terminal, lines in a log.
#include <gtest/gtest.h>

#include <sstream>

#include "cli/progress.hpp"

namespace detente::e2e::progress_test {

TEST(Progress, says_share_and_time_left) {
  EXPECT_EQ(cli::bar_text("backtest", "0 of 4 dates", 0, 3), "backtest: [--------------------] 0 of 4 dates, 0 %");
  EXPECT_EQ(cli::bar_text("backtest", "1 of 4 dates", 0.25, 30),
            "backtest: [#####---------------] 1 of 4 dates, 25 %, about 1 min 30 s left");
  EXPECT_EQ(cli::bar_text("backtest", "4 of 4 dates", 1, 90), "backtest: [####################] 4 of 4 dates, 100 %");
}

TEST(Progress, without_a_terminal_writes_a_line_at_the_start_and_every_ten_seconds) {
  std::ostringstream out, err;
  double now = 100;
  cli::ProgressBar bar({out, err}, "backtest", [&] { return now; });
  bar.begin("4 dates, 16 paths each");
  for (const double share : {0.1, 0.2, 0.3, 0.4, 0.5}) {
    now += 4;
    bar.show("some dates", share);
  }
  EXPECT_EQ(err.str(), "backtest: 4 dates, 16 paths each\nbacktest: some dates, 30 %, about 28 s left\n");
  EXPECT_EQ(out.str(), "");
}

TEST(Progress, on_a_terminal_is_redrawn_in_place) {
  std::ostringstream out, err;
  cli::ProgressBar bar({out, err, true}, "backtest");
  bar.begin("4 dates, 16 paths each");
  bar.show("2 of 4 dates", 0.5);
  EXPECT_EQ(err.str().find('\n'), std::string::npos);
  EXPECT_EQ(err.str().find("\r\033[Kbacktest: [##########----------] 2 of 4 dates, 50 %"), 0U);
  bar.clear();
  EXPECT_TRUE(err.str().ends_with("\r\033[K"));
}

}  // namespace detente::e2e::progress_test
