// A user's mistake, said once: what is wrong, where, what was found, what was expected, and how to mend it.
//
//   error: events.csv:1042: unknown actor 'Frnace' in column 'target'
//     hint: a similar actor exists: 'France'
//
// Thrown at the border, before work starts.  A programmer's mistake is an assertion instead.
#pragma once

#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace detente {

// Where in the user's input: a file (or "--formula", or "model.toml"), a line and a column, both from 1; 0 = unknown.
struct Place {
  std::string file{};
  std::size_t line = 0;
  std::size_t column = 0;
};

[[nodiscard]] std::string to_string(const Place& place);

struct Problem {
  std::string what{};
  Place where{};
  std::string got{};
  std::string expected{};
  std::string hint{};
  std::string excerpt{};  // text to show under the message, such as a formula with a caret
};

class Error : public std::exception {
 public:
  explicit Error(Problem problem);
  [[nodiscard]] const Problem& problem() const { return problem_; }
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }

 private:
  Problem problem_;
  std::string text_;
};

// The message as printed: "error: place: what" and its indented lines.
[[nodiscard]] std::string render(const Problem& problem, std::string_view level = "error");

// The candidate closest to `word` by edit distance, or empty when none is close enough to suggest.
[[nodiscard]] std::string closest(std::string_view word, std::span<const std::string> candidates);
// "did you mean 'NAME'?" of that candidate, or empty.
[[nodiscard]] std::string hint_for(std::string_view word, std::span<const std::string> candidates);

// A piece of user input made safe to print: control characters and invalid UTF-8 are escaped, long text is cut.
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit = 80);

}  // namespace detente
