#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "io/checkpoint.hpp"
#include "io/test_folder.hpp"

namespace detente::checkpoint_test {

ReplicatePath path_of(double value) {
  return {.values = {value, value + 1, std::numeric_limits<double>::quiet_NaN()},
          .happenings = {{.time = 3, .what = "dismissal", .who = 1, .whom = 2}},
          .exploded = true};
}

TEST(Checkpoint, GivesBackWhatEndedBeforeTheRunWasKilled) {
  const TestFolder folder;
  const std::string file = folder.path("run.checkpoint");
  {
    Checkpoint checkpoint(file, "run");
    checkpoint.add(4, path_of(1));
    checkpoint.add(2, path_of(7));
  }
  const auto whole = std::filesystem::file_size(file);
  std::filesystem::resize_file(file, whole - 5);  // killed in the middle of the second
  {
    Checkpoint checkpoint(file, "run");
    EXPECT_EQ(checkpoint.size(), 1u);
    ASSERT_TRUE(checkpoint.find(4));
    EXPECT_EQ(checkpoint.find(4)->values[1], 2);
    EXPECT_EQ(checkpoint.find(4)->happenings.front().what, "dismissal");
    EXPECT_TRUE(checkpoint.find(4)->exploded);
    EXPECT_FALSE(checkpoint.find(2));
    checkpoint.add(2, path_of(7));
  }
  EXPECT_EQ(std::filesystem::file_size(file), whole);
  EXPECT_EQ(Checkpoint(file, "run").size(), 2u);
}

TEST(Checkpoint, RefusesAnotherRunAndAnotherFile) {
  const TestFolder folder;
  const std::string file = folder.path("run.checkpoint");
  { Checkpoint checkpoint(file, "run"); }
  EXPECT_FALSE(std::filesystem::exists(file));  // nothing was done: nothing is left
  {
    Checkpoint checkpoint(file, "run");
    checkpoint.add(0, path_of(1));
  }
  EXPECT_THROW(Checkpoint(file, "another"), Error);
  const std::string notes = folder.path("notes.txt");
  std::ofstream(notes) << "mine";
  EXPECT_THROW(Checkpoint(notes, "run"), Error);
  EXPECT_EQ(std::filesystem::file_size(notes), 4u);
}

TEST(Checkpoint, BelongsToOneRunAtATime) {
  const std::string path = testing::TempDir() + "one_at_a_time.ckpt";
  std::filesystem::remove(path);
  {
    const Checkpoint one(path, "run");
    EXPECT_THROW((Checkpoint(path, "run")), Error);
  }
  const Checkpoint later(path, "run");
  EXPECT_EQ(later.size(), 0u);
}

}  // namespace detente::checkpoint_test
