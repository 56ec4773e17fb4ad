// detente effects: the catalogue, from the same definitions that formulas are bound with.
#include <algorithm>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "cli/common.hpp"
#include "effects/catalogue.hpp"
#include "effects/elsewhere.hpp"
#include "hazard/formula.hpp"
#include "io/csv_cell.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

struct EffectsArguments {
  std::string name;
  bool markdown = false;
  std::string csv{};
};

std::string usage(const EffectDoc& doc) {
  std::string text(doc.name);
  for (std::size_t k = 0; k < doc.arguments.size(); ++k) {
    const ArgumentDoc& argument = doc.arguments[k];
    text += k == 0 ? "(" : ", ";
    if (argument.kind == Argument::choice)
      text += fmt::format("{}={}", argument.name, argument.choices);
    else
      text += argument.name;
  }
  return doc.arguments.empty() ? text : text + ")";
}

std::string default_of(const ArgumentDoc& argument) {
  if (argument.kind == Argument::choice)
    return fmt::format(" (default {})", argument.choices.substr(0, argument.choices.find('|')));
  return argument.fallback.empty() ? "" : fmt::format(" (default {})", argument.fallback);
}

void print_list(std::ostream& out) {
  for (const CatalogueEntry& entry : catalogue()) fmt::print(out, "{:<20} {}\n", entry.doc->name, entry.doc->summary);
  fmt::print(
      out,
      "\n`detente effects NAME` describes one, under our name or that of goldfish, remstats, relevent or eventnet.\n"
      "Join effects with +, interact with :, and put them in:\n\n");
  for (const FormulaWord& word : formula_words()) fmt::print(out, "{:<20} {}\n", word.name, word.summary);
}

void print_word(const FormulaWord& word, std::ostream& out) {
  fmt::print(out, "{}\n  {}\n\n  example  {}\n", word.usage, word.summary, word.example);
}

void print_elsewhere(std::span<const EffectElsewhere> rows, std::ostream& out) {
  std::string section;
  for (const EffectElsewhere& row : rows) {
    if (row.section != section) fmt::print(out, "{}{}\n", section.empty() ? "" : "\n", row.section);
    section = row.section;
    const std::string term = row.term.empty() ? "no term" : row.term;
    fmt::print(out, "  {}\n    {}\n", row.theirs,
               row.says == "the same" ? fmt::format("= {}", term) : fmt::format("{}: {}", term, row.says));
  }
}

void print_one(const EffectDoc& doc, std::ostream& out) {
  fmt::print(out, "{}\n  {}\n\n  formula  {}\n  unit     {}\n  scope    {}\n  source   {}\n  example  {}\n", usage(doc),
             doc.summary, doc.formula, doc.unit, doc.scope, doc.source, doc.example);
  for (const ArgumentDoc& argument : doc.arguments)
    fmt::print(out, "  {:<8} {}{}\n", argument.name, argument.text, default_of(argument));
}

void print_markdown(std::ostream& out) {
  fmt::print(out,
             "# Effects\n\n"
             "One number for (sender i, receiver j, time t), read from memory just before an event. "
             "w is the weight of a trace.\n"
             "Made by `detente effects --markdown`.\n");
  for (const CatalogueEntry& entry : catalogue()) {
    const EffectDoc& doc = *entry.doc;
    fmt::print(out, "\n## {}\n\n{}\n\n", doc.name, doc.summary);
    fmt::print(out, "- term: `{}`\n- formula: `{}`\n- unit: {}\n- scope: {}\n- source: {}\n- example: `{}`\n",
               usage(doc), doc.formula, doc.unit, doc.scope, doc.source, doc.example);
    for (const ArgumentDoc& argument : doc.arguments)
      fmt::print(out, "- `{}`: {}{}\n", argument.name, argument.text, default_of(argument));
  }
}

std::string catalogue_csv() {
  std::string csv = "name,usage,summary,formula,unit,scope,source,example\n";
  for (const CatalogueEntry& entry : catalogue()) {
    const EffectDoc& doc = *entry.doc;
    csv += csv_cell(std::string(doc.name));
    for (const std::string& text :
         {usage(doc), std::string(doc.summary), std::string(doc.formula), std::string(doc.unit), std::string(doc.scope),
          std::string(doc.source), std::string(doc.example)})
      csv += "," + csv_cell(text);
    csv += "\n";
  }
  return csv;
}

// Before anything is written.
void require_known(const std::string& name, std::span<const EffectElsewhere> elsewhere) {
  const bool known = name.empty() || find_effect(name) != nullptr || !elsewhere.empty() ||
                     std::ranges::find(formula_words(), name, &FormulaWord::name) != formula_words().end();
  if (!known) throw Error({.what = fmt::format("there is no effect '{}'", printable(name)), .hint = effect_hint(name)});
}

int run_effects(const EffectsArguments& arguments, const Session& session) {
  check_outputs({arguments.csv});
  const std::vector<EffectElsewhere> elsewhere = effects_elsewhere(arguments.name);
  require_known(arguments.name, elsewhere);
  if (!arguments.csv.empty()) write_file(arguments.csv, catalogue_csv());
  if (arguments.csv == "-") return 0;
  if (arguments.markdown) {
    print_markdown(session.streams.out);
  } else if (arguments.name.empty()) {
    print_list(session.streams.out);
  } else if (const CatalogueEntry* entry = find_effect(arguments.name)) {
    print_one(*entry->doc, session.streams.out);
    if (!elsewhere.empty()) fmt::print(session.streams.out, "\nWhat others call so:\n\n");
    print_elsewhere(elsewhere, session.streams.out);
  } else if (const auto word = std::ranges::find(formula_words(), arguments.name, &FormulaWord::name);
             word != formula_words().end()) {
    print_word(*word, session.streams.out);
  } else {
    print_elsewhere(elsewhere, session.streams.out);
  }
  return 0;
}

}  // namespace

void add_effects(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("effects", "List the effects, or describe one");
  auto arguments = std::make_shared<EffectsArguments>();
  command->add_option("NAME", arguments->name,
                      "Name of an effect, here or in goldfish, remstats, relevent or eventnet");
  command->add_flag("--markdown", arguments->markdown, "Print the reference page");
  command->add_option("--csv", arguments->csv, "Write a row for each effect to this file (- for standard output)");
  command->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_effects(*arguments, session); }; });
}

}  // namespace detente::cli
