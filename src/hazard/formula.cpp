#include "hazard/formula.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace detente {
namespace {

constexpr std::size_t longest_formula = 1U << 15U;  // bytes

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  FormulaSyntax formula() {
    FormulaSyntax formula;
    skip_space();
    if (at_end()) return formula;
    do {
      if (const std::string_view group = next_word(); group == by_mark)
        marked(formula.terms);
      else if (is_group(group))
        formula.random.push_back(random(group == by_pair));
      else
        formula.terms.push_back(term());
    } while (take('+'));
    if (!at_end())
      fail(fmt::format("cannot read '{}'", printable(text_.substr(at_, 12))),
           "'+', ':', '/' or the end of the formula");
    return formula;
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

  static constexpr std::string_view by_actor = "by_actor", by_pair = "by_pair", by_mark = "by_mark";
  static bool is_group(std::string_view word) { return word == by_actor || word == by_pair || word == by_mark; }

  // The word that stands next, without taking it.
  std::string_view next_word() {
    skip_space();
    std::size_t end = at_;
    while (end < text_.size() && is_word_character(text_[end])) ++end;
    return text_.substr(at_, end - at_);
  }

  // What was typed from `start` up to here.
  [[nodiscard]] std::string typed_since(std::size_t start) const {
    std::size_t end = at_;
    while (end > start && is_blank(text_[end - 1])) --end;
    return std::string(text_.substr(start, end - start));
  }

  void marked(std::vector<TermSyntax>& terms) {
    (void)word("");
    expect('(', "'(' after by_mark");
    do {
      terms.push_back(term());
      terms.back().by_mark = true;
    } while (take('+'));
    expect(')', "'+' or ')'");
    stand_alone(by_mark);
  }

  void stand_alone(std::string_view group) const {
    if (!at_end() && text_[at_] == ':') fail(fmt::format("{}(...) stands alone, not in a product", group), "'+'");
  }

  RandomSyntax random(bool pairs) {
    RandomSyntax random{.text = "", .position = at_, .by_pair = pairs, .slopes = {}, .of = ""};
    const std::string name = word("");
    expect('(', fmt::format("'(' after {}", name));
    do { own_term(random, name); } while (take('+'));
    while (take(',')) option(random, name);
    expect(')', "'+', ',' or ')'");
    random.text = typed_since(random.position);
    stand_alone(name);
    return random;
  }

  void own_term(RandomSyntax& random, const std::string& name) {
    const std::string_view next = next_word();
    const std::size_t start = at_;
    if (is_group(next)) fail(fmt::format("{} does not go into {}", next, name), "1 or an effect");
    if (next != "1") {
      random.slopes.push_back(term());
      const std::vector<TermSyntax>& all = random.slopes;
      const bool repeated = std::any_of(all.begin(), all.end() - 1,
                                        [&](const TermSyntax& other) { return other.text == all.back().text; });
      if (repeated) throw FormulaProblem{fmt::format("'{}' stands twice", all.back().text), start, "", "remove one"};
      return;
    }
    if (random.intercept) throw FormulaProblem{"'1' stands twice", start, "", "remove one"};
    random.intercept = true;
    (void)word("1");
    skip_space();
  }

  void option(RandomSyntax& random, const std::string& name) {
    const std::string known = random.by_pair ? "correlated" : "of=sender, of=receiver or correlated";
    const CallArgument given = argument();
    const std::size_t start = given.position;
    const auto refuse = [&](const std::string& text) {
      throw FormulaProblem{fmt::format("'{}' is no option of {}", text, name), start, known, ""};
    };
    if (given.key.empty() && given.value == "correlated") {
      random.correlated = true;
    } else if (given.key == "of" && !random.by_pair && (given.value == "sender" || given.value == "receiver")) {
      random.of = given.value;
      random.of_position = start;
    } else {
      refuse(given.key.empty() ? given.value : given.key + "=" + given.value);
    }
  }

  TermSyntax term() {
    skip_space();
    TermSyntax term{.text = "", .position = at_, .factors = {}};
    do { term.factors.push_back(factor()); } while (take(':'));
    if (take('/')) term.unit = unit();
    term.text = typed_since(term.position);
    return term;
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  FactorSyntax factor() {
    skip_space();
    const std::size_t start = at_;
    if (const std::string_view next = next_word(); is_group(next))
      fail(fmt::format("{}(...) stands alone, not in a product", next), "the name of an effect");
    const std::string name = word("the name of an effect");
    const Transform transform = name == "log1p"  ? Transform::log1p
                                : name == "sqrt" ? Transform::sqrt
                                                 : Transform::identity;
    if (transform == Transform::identity) return part(transform, name, start);
    expect('(', fmt::format("'(' after {}", name));
    skip_space();
    const std::size_t inner = at_;
    FactorSyntax factor = part(transform, word("the name of an effect"), inner);
    expect(')', "')'");
    return factor;
  }

  FactorSyntax part(Transform transform, const std::string& name, std::size_t start) {
    FactorSyntax factor{.transform = transform, .call = {name, start, {}}};
    factor.standardized = name == "std";
    if (name != "sum" && !factor.standardized) {
      factor.call = call(name, start);
      factor.end = start + typed_since(start).size();
      return factor;
    }
    expect('(', fmt::format("'(' after {}", name));
    do { factor.summands.push_back(term()); } while (!factor.standardized && take('+'));
    expect(')', factor.standardized ? "')'" : "'+' or ')'");
    return factor;
  }

  double unit() {
    const std::size_t start = at_;
    const std::string text = word("a number");
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value == 0)
      throw FormulaProblem{fmt::format("'{}' is no unit", text), start, "a number other than 0, such as 0.5 or -1", ""};
    return value;
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
    argument.value = name_or_quoted("an argument");
    if (!take('=')) return argument;
    argument.key = std::move(argument.value);
    argument.position = at_;
    argument.value = name_or_quoted("a value");
    return argument;
  }

  // What is no word, such as a level with blanks in it, stands in quotes.
  std::string name_or_quoted(std::string_view expected) {
    skip_space();
    if (at_end() || (text_[at_] != '\'' && text_[at_] != '"')) return word(expected);
    const std::size_t end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos) fail("a quote that nothing closes", fmt::format("{0}NAME{0}", text_[at_]));
    const std::string quoted(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return quoted;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string as_written(const std::string& word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_word_character)) return word;
  return fmt::format("{1}{0}{1}", word, word.find('\'') == std::string::npos ? '\'' : '"');
}

std::span<const FormulaWord> formula_words() {
  static constexpr FormulaWord words[] = {
      {"log1p", "log1p(EFFECT)", "sign(x) log(1 + |x|): zero stays zero, negatives are kept.", "log1p(inertia)"},
      {"sqrt", "sqrt(EFFECT)", "sign(x) sqrt(|x|): zero stays zero, negatives are kept.", "sqrt(recency)"},
      {"std", "std(TERM)", "(x - mean) / standard deviation, over the dyads at risk at each event.", "std(inertia)"},
      {"sum", "sum(TERM + TERM ...)", "Several terms as one, with one coefficient.", "sum(otp + itp) / 2"},
      {"by_mark", "by_mark(TERM + TERM ...)", "A coefficient for each mark, of a hazard with marks.",
       "by_mark(recency(grievance))"},
      {"by_actor", "by_actor(1 + TERM ..., of=sender|receiver, correlated)",
       "Coefficients that differ from actor to actor; 1 is the level of the rate.", "by_actor(1 + reciprocity)"},
      {"by_pair", "by_pair(1 + TERM ..., correlated)", "Coefficients that differ from pair to pair.", "by_pair(1)"},
  };
  return words;
}

FormulaSyntax parse_formula(std::string_view text) {
  if (text.size() > longest_formula)
    throw FormulaProblem{fmt::format("the formula is {} bytes long", text.size()), 0,
                         fmt::format("at most {}", longest_formula), "a hazard has at most some tens of effects"};
  return Parser(text).formula();
}

namespace {

constexpr std::size_t shown_around = 100;  // bytes of a long line before and after the caret
constexpr std::size_t shown_whole = 800;   // a line up to this long

// The line of the formula with a caret under the position, or the part of a long one that is near it.
std::string excerpt_of(std::string_view line, std::size_t position) {
  const auto is_within_letter = [&](std::size_t at) {
    return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U;
  };
  std::size_t from = position > shown_around ? position - shown_around : 0;
  std::size_t to = std::min(line.size(), position + shown_around);
  if (line.size() <= shown_whole) from = 0, to = line.size();
  while (from > 0 && is_within_letter(from)) --from;
  while (is_within_letter(to)) ++to;
  const std::string before = from > 0 ? "... " : "";
  return fmt::format("{}{}{}\n{}^", before, line.substr(from, to - from), to < line.size() ? " ..." : "",
                     std::string(before.size() + position - from, ' '));
}

}  // namespace

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
  std::string excerpt = excerpt_of(formula.substr(line_start, line_end - line_start), position - line_start);
  return Error({.what = problem.what,
                .where = place,
                .expected = problem.expected,
                .hint = problem.hint,
                .excerpt = std::move(excerpt)});
}

}  // namespace detente
