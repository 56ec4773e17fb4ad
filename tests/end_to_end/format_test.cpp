// How wide a column of names is.
#include <gtest/gtest.h>

#include "cli/format.hpp"

namespace detente::e2e::format_test {

TEST(NameColumn, is_as_wide_as_its_names_in_a_pipe_and_as_the_terminal_has_room) {
  const std::string name = "Édouard – " + std::string(40, 'x');  // 50 code points
  const auto width = [&](std::size_t columns) {
    return cli::name_width({"Ann – Ben", name}, {.usual = 34, .beside = 100, .columns = columns});
  };
  EXPECT_EQ(width(0), 51U);  // no terminal
  EXPECT_EQ(width(200), 51U);
  EXPECT_EQ(width(145), 45U);
  EXPECT_EQ(width(80), 34U);  // the usual one, whatever the terminal
  EXPECT_EQ(cli::name_width({"Ann – Ben"}, {.usual = 34, .beside = 100, .columns = 0}), 34U);
  EXPECT_EQ(cli::fitted(name, width(0)), name + " ");
  EXPECT_TRUE(cli::fitted(name, width(145)).ends_with("x…"));
}

}  // namespace detente::e2e::format_test
