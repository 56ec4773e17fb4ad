#include "cli/command_docs.hpp"

#include <utility>

#include <CLI/CLI.hpp>

namespace detente::cli {
namespace {

// "TEXT:{tie,rate}" is how CLI11 joins the name of a type with the choices that a value is checked against.
void read_type(const std::string& text, OptionDoc& doc) {
  doc.type = text.substr(0, text.find(':'));
  const auto open = text.find('{');
  const auto close = text.find('}', open);
  if (open == std::string::npos || close == std::string::npos) return;
  doc.choices.emplace_back();
  for (const char c : text.substr(open + 1, close - open - 1))
    if (c == ',')
      doc.choices.emplace_back();
    else
      doc.choices.back() += c;
}

OptionDoc option_doc(const CLI::Option& option) {
  OptionDoc doc;
  for (const std::string& name : option.get_snames()) doc.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) doc.names.push_back("--" + name);
  if (doc.names.empty()) doc.names.push_back(option.get_name(true));
  const bool flag = option.get_items_expected_max() == 0;
  doc.takes = flag ? Takes::nothing : option.get_items_expected_min() == 0 ? Takes::maybe_a_value : Takes::a_value;
  if (!flag) read_type(option.get_type_name(), doc);
  doc.fallback = option.get_default_str();
  doc.help = option.get_description();
  doc.required = option.get_required();
  doc.repeats =
      option.get_items_expected_max() > 1 || option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  return doc;
}

CommandDoc command_doc(const CLI::App& app, const std::string& name) {
  CommandDoc doc{.name = name, .help = app.get_description()};
  for (const CLI::Option* option : app.get_options())
    (option->nonpositional() ? doc.options : doc.positionals).push_back(option_doc(*option));
  for (const CLI::App* below : app.get_subcommands({})) doc.commands.push_back(below->get_name());
  return doc;
}

}  // namespace

std::vector<CommandDoc> command_docs(const CLI::App& app) {
  std::vector<CommandDoc> docs{command_doc(app, "")};
  for (const CLI::App* command : app.get_subcommands({})) {
    docs.push_back(command_doc(*command, command->get_name()));
    for (const CLI::App* below : command->get_subcommands({}))
      docs.push_back(command_doc(*below, command->get_name() + " " + below->get_name()));
  }
  return docs;
}

}  // namespace detente::cli
