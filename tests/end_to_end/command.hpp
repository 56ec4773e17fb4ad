// Runs the program inside a test, in a folder of its own, and says what it said.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "io/test_folder.hpp"

namespace detente::e2e {

struct Answer {
  int code;
  std::string out;
  std::string err;
  // "exit 2", then what it wrote to each stream, as a golden text.
  [[nodiscard]] std::string text() const;
};

// In this process, through detente::cli::run.
[[nodiscard]] Answer detente(const std::vector<std::string>& arguments);

// As a process of its own, through a shell: `program` in the text stands for the binary.
[[nodiscard]] Answer shell(const std::string& text);

using Files = std::map<std::string, std::string>;  // name -> content

// A folder with these files, in which the test runs, so that messages have short names in them.
class Here {
 public:
  explicit Here(const Files& files = {});
  Here(const Here&) = delete;
  Here& operator=(const Here&) = delete;
  ~Here();
  void write(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  TestFolder folder_;
  std::filesystem::path before_;
};

[[nodiscard]] std::string source(const std::string& path);  // a path in the repository
[[nodiscard]] std::string text_of(const std::string& path);

// Two leaders and a company over two years, with a tie that ruptured and one in force.
[[nodiscard]] Files small_record();
// Its events replaced by twelve of praise, all towards one receiver.
[[nodiscard]] Files one_receiver_record();
[[nodiscard]] std::string small_model();

}  // namespace detente::e2e
