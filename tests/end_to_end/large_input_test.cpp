// Input that is far too large in one place must neither be kept in memory nor stop the run.
#include <gtest/gtest.h>

#include <fstream>

#include "command.hpp"

namespace detente::e2e::large_input_test {

TEST(LargeInput, a_line_of_100_megabytes_is_one_bad_row) {
  const Here here(small_record());
  {
    std::ofstream events("record/events.csv", std::ios::binary);
    events << "date,source,target,type\n2022-01-05,anna,ben,";
    const std::string piece(std::size_t{1} << 20, 'x');
    for (int k = 0; k < 100; ++k) events << piece;
    events << "\n2022-01-06,anna,ben,praise\n";
  }
  const Answer answer = detente({"check", "record"});
  EXPECT_EQ(answer.text(), R"text(exit 2
-- out
table               read        kept   set aside   file
types                  2           2           0   types.csv
actors                 3           3           0   actors.csv
events                 2           1           1   events.csv
ties                   4           4           0   ties.csv

1 event of 2 types between 3 actors, 4 ties, 0 attributes; from 2022-01-05 to 2023-03-01

cell-too-long (1 error)
  error: events.csv:2: a cell is longer than 1 MiB
    hint: is a quote left open, or is this no CSV file?

1 error, 0 warnings, 0 notes
-- err
error: 1 row cannot be used
  hint: mend it, or give other commands --bad set-aside to go on without it
)text");
  const Answer measured = shell("ulimit -v 1500000; program check record >/dev/null");
  EXPECT_EQ(measured.code, 2) << measured.text();
}

}  // namespace detente::e2e::large_input_test
