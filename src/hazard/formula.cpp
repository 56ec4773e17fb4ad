#include "hazard/formula.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace detente {
namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<TermSyntax> formula() {
    std::vector<TermSyntax> terms;
    skip_space();
    if (at_end()) return terms;
    do { terms.push_back(term()); } while (take('+'));
    if (!at_end())
      fail(fmt::format("cannot read '{}'", printable(text_.substr(at_, 12))), "'+', ':' or the end of the formula");
    return terms;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  [[noreturn]] void fail(std::string what, std::string expected) const {
    throw FormulaProblem{std::move(what), at_, std::move(expected), ""};
  }

  void skip_space() {
    while (!at_end() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }

  bool take(char c) {
    skip_space();
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    skip_space();
    return true;
  }

  void expect(char c, std::string_view expected) {
    if (take(c)) return;
    fail(at_end() ? "the formula ends too early" : fmt::format("unexpected '{}'", printable(text_.substr(at_, 1))),
         std::string(expected));
  }

  std::string word(std::string_view expected) {
    skip_space();
    const std::size_t start = at_;
    while (!at_end() && is_word_character(text_[at_])) ++at_;
    if (at_ == start)
      fail(at_end() ? "the formula ends too early" : fmt::format("unexpected '{}'", printable(text_.substr(at_, 1))),
           std::string(expected));
    return std::string(text_.substr(start, at_ - start));
  }

  TermSyntax term() {
    skip_space();
    TermSyntax term{"", at_, {}};
    do { term.factors.push_back(factor()); } while (take(':'));
    std::size_t end = at_;
    while (end > term.position && is_blank(text_[end - 1])) --end;
    term.text = text_.substr(term.position, end - term.position);
    return term;
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  FactorSyntax factor() {
    skip_space();
    const std::size_t start = at_;
    const std::string name = word("the name of an effect");
    const Transform transform = name == "log1p"  ? Transform::log1p
                                : name == "sqrt" ? Transform::sqrt
                                                 : Transform::identity;
    if (transform == Transform::identity) return {transform, call(name, start)};
    expect('(', fmt::format("'(' after {}", name));
    skip_space();
    const std::size_t inner = at_;
    FactorSyntax factor{transform, call(word("the name of an effect"), inner)};
    expect(')', "')'");
    return factor;
  }

  Call call(std::string name, std::size_t position) {
    Call call{std::move(name), position, {}};
    if (!take('(')) return call;
    if (take(')')) return call;
    do { call.arguments.push_back(argument()); } while (take(','));
    expect(')', "',' or ')'");
    return call;
  }

  CallArgument argument() {
    skip_space();
    CallArgument argument{"", "", at_};
    argument.value = word("an argument");
    if (!take('=')) return argument;
    argument.key = std::move(argument.value);
    argument.position = at_;
    argument.value = word("a value");
    return argument;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<TermSyntax> parse_formula(std::string_view text) { return Parser(text).formula(); }

Error formula_error(const FormulaProblem& problem, std::string_view formula, const Place& where) {
  const std::size_t position = std::min(problem.position, formula.size());
  const std::size_t before = position == 0 ? std::string_view::npos : formula.rfind('\n', position - 1);
  const std::size_t line_start = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t line_end = std::min(formula.find('\n', position), formula.size());
  Place place = where;
  const std::size_t indent = line_start == 0 && where.column > 0 ? where.column - 1 : 0;  // of the formula in its file
  place.column = indent + position - line_start + 1;
  if (place.line > 0)
    place.line += static_cast<std::size_t>(
        std::count(formula.begin(), formula.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
  std::string excerpt(formula.substr(line_start, line_end - line_start));
  excerpt += '\n';
  excerpt.append(position - line_start, ' ');
  excerpt += '^';
  return Error(
      {.what = problem.what, .where = place, .expected = problem.expected, .hint = problem.hint, .excerpt = excerpt});
}

}  // namespace detente
