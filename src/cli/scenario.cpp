// detente scenario: a commented scenario to start from, and what the layers can be told.
#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "cli/common.hpp"
#include "io/csv_cell.hpp"
#include "io/write_file.hpp"
#include "layers/catalogue.hpp"
#include "layers/coupling.hpp"

namespace detente::cli {
namespace {

struct ScenarioCommand {
  std::string file;
  std::string layer;
  std::string model;
  std::string record;
  std::string model_file;
  std::string list_layer;
  bool markdown = false;
  std::string csv{};
};

const LayerEntry& first_model(const std::string& layer, const std::string& model) {
  (void)place_in_coupling(layer, {.file = "LAYER"});
  if (!model.empty()) return find_layer(layer, model, {.file = "--kind"});
  for (const LayerEntry& entry : layer_catalogue())
    if (entry.doc->layer == layer) return entry;
  return find_layer(layer, "", {.file = "LAYER"});
}

std::string toml_value(const SettingDoc& doc) {
  const bool text = doc.kind == SettingKind::word || doc.kind == SettingKind::duration;
  const bool list = doc.kind == SettingKind::words || doc.kind == SettingKind::numbers;
  if (doc.fallback.empty()) return list ? "[]" : text ? "\"\"" : "0";
  const bool bare = doc.kind == SettingKind::words && !doc.fallback.starts_with('[');
  return text || bare ? fmt::format("\"{}\"", doc.fallback) : std::string(doc.fallback);
}

std::string layer_text(const LayerDoc& doc) {
  std::string text = fmt::format("# {}\n# {}   ({})\n[{}]\nmodel = \"{}\"\n", doc.summary, doc.equation, doc.source,
                                 doc.layer, doc.model);
  for (const SettingDoc& setting : doc.settings)
    text +=
        fmt::format("{}{} = {}   # {}{}{}\n", setting.fallback.empty() ? "# " : "", setting.name, toml_value(setting),
                    setting.meaning, setting.unit.empty() ? "" : fmt::format(", {}", setting.unit),
                    setting.choices.empty() ? "" : fmt::format(" ({})", setting.choices));
  return text;
}

std::string new_scenario(const ScenarioCommand& arguments) {
  std::string text =
      "# A scenario: `detente simulate` runs it, `detente whatif` compares its branches.\n"
      "title      = \"A first scenario\"\n"
      "horizon    = \"180d\"\n"
      "tick       = \"1d\"\n"
      "replicates = 100\n"
      "seed       = 1\n";
  text += arguments.record.empty()
              ? "# With leaders' events, from a record and a model fitted to what is known at the start:\n"
                "# record = \"path/to/record\"\n# model  = \"path/to/model.toml\"\n# start  = \"2025-01-22\"   # the "
                "last day that is known\n"
                "actors = [\"anna\", \"ben\", \"works\"]   # without a record: who takes part\n"
              : fmt::format(
                    "record     = \"{}\"\nmodel      = \"{}\"\nstart      = \"2025-01-22\"   # the last day that is "
                    "known\n",
                    arguments.record, arguments.model_file);
  text += "\n" + layer_text(*first_model(arguments.layer, arguments.model).doc);
  text +=
      "\n# A branch does something else; replicate r of every branch has the same random numbers.\n"
      "# [branch.cut]\n# title = \"They part\"\n# [[branch.cut.intervention]]\n# at  = \"2025-03-01\"\n"
      "# cut = [\"anna\", \"ben\"]\n";
  return text;
}

int run_new(const ScenarioCommand& arguments, const Session& session) {
  if (arguments.record.empty() != arguments.model_file.empty())
    throw Error({.what = "--record and --model go together", .where = {.file = "--record"}});
  if (arguments.file != "-" && std::filesystem::exists(arguments.file))
    throw Error({.what = "the file exists already", .where = {.file = arguments.file}, .hint = "name a new one"});
  const std::string text = new_scenario(arguments);
  if (arguments.file == "-") {
    session.streams.out << text;
    return 0;
  }
  write_file(arguments.file, text);
  fmt::print(session.streams.out, "wrote {}; run it with `detente simulate {}`\n", arguments.file, arguments.file);
  return 0;
}

void print_model(const LayerDoc& doc, std::ostream& out) {
  fmt::print(out, "{} / {}\n  {}\n  equation    {}\n  source      {}\n  time        {}\n", doc.layer, doc.model,
             doc.summary, doc.equation, doc.source, doc.time);
  if (!doc.hypothesis.empty()) fmt::print(out, "  hypothesis  {}\n", doc.hypothesis);
  for (const SettingDoc& one : doc.settings)
    fmt::print(out, "  {:<20} {}{}{}{}\n", one.name, one.meaning,
               one.unit.empty() ? "" : fmt::format(" ({})", one.unit),
               one.fallback.empty() ? "" : fmt::format(", default {}", one.fallback),
               one.changes ? "; may change in a run" : "");
  for (const ReadOutDoc& one : doc.read_outs) fmt::print(out, "  > {:<18} {} ({})\n", one.name, one.meaning, one.unit);
}

void print_markdown(std::ostream& out) {
  fmt::print(out, "# Layers\n\nWhat a scenario can be made of.  Made by `detente scenario layers --markdown`.\n");
  for (const LayerEntry& entry : layer_catalogue()) {
    const LayerDoc& doc = *entry.doc;
    fmt::print(
        out, "\n## {} / {}\n\n{}\n\n- equation: `{}`\n- source: {}\n- time: {}\n- this project's own hypothesis: {}\n",
        doc.layer, doc.model, doc.summary, doc.equation, doc.source, doc.time,
        doc.hypothesis.empty() ? "none" : doc.hypothesis);
    fmt::print(out, "\n| setting | meaning | unit | default | range |\n|---|---|---|---|---|\n");
    for (const SettingDoc& one : doc.settings) {
      std::string choices(one.choices);
      for (std::size_t at = 0; (at = choices.find('|', at)) != std::string::npos; at += 2) choices.replace(at, 1, ", ");
      const std::string range = !choices.empty() ? choices
                                : std::isfinite(one.least) && std::isfinite(one.most)
                                    ? fmt::format("{} to {}", one.least, one.most)
                                : std::isfinite(one.least) ? fmt::format("{} or more", one.least)
                                                           : "";
      fmt::print(out, "| `{}` | {}{} | {} | {} | {} |\n", one.name, one.meaning,
                 one.changes ? " (may change in a run)" : "", one.unit, one.fallback, range);
    }
    fmt::print(out, "\n| read-out | meaning | unit |\n|---|---|---|\n");
    for (const ReadOutDoc& one : doc.read_outs)
      fmt::print(out, "| `{}` | {} | {} |\n", one.name, one.meaning, one.unit);
  }
}

// A row for each setting and read-out of each model.
std::string layers_csv() {
  std::string csv = "layer,model,part,name,meaning,unit,default,least,most,choices\n";
  for (const LayerEntry& entry : layer_catalogue()) {
    const LayerDoc& doc = *entry.doc;
    for (const SettingDoc& one : doc.settings)
      csv += fmt::format("{},{},setting,{},{},{},{},{},{},{}\n", doc.layer, doc.model, one.name,
                         csv_cell(std::string(one.meaning)), csv_cell(std::string(one.unit)),
                         csv_cell(std::string(one.fallback)), csv_cell(one.least), csv_cell(one.most),
                         csv_cell(std::string(one.choices)));
    for (const ReadOutDoc& one : doc.read_outs)
      csv += fmt::format("{},{},read-out,{},{},{},,,,\n", doc.layer, doc.model, csv_cell(std::string(one.name)),
                         csv_cell(std::string(one.meaning)), csv_cell(std::string(one.unit)));
  }
  return csv;
}

int run_layers(const ScenarioCommand& arguments, const Session& session) {
  std::ostream& out = session.streams.out;
  check_outputs({arguments.csv});
  if (!arguments.csv.empty()) write_file(arguments.csv, layers_csv());
  if (arguments.csv == "-") return 0;
  if (arguments.markdown) {
    print_markdown(out);
    return 0;
  }
  if (!arguments.list_layer.empty()) (void)place_in_coupling(arguments.list_layer, {.file = "LAYER"});
  for (const LayerEntry& entry : layer_catalogue()) {
    if (arguments.list_layer.empty())
      fmt::print(out, "{:<14} {:<20} {}\n", entry.doc->layer, entry.doc->model, entry.doc->summary);
    else if (entry.doc->layer == arguments.list_layer)
      print_model(*entry.doc, out);
  }
  if (arguments.list_layer.empty())
    fmt::print(out, "\n`detente scenario layers LAYER` describes the settings and read-outs of its models.\n");
  return 0;
}

}  // namespace

void add_scenario(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("scenario", "Write a scenario to start from, or list what one can hold");
  command->require_subcommand(1);
  auto arguments = std::make_shared<ScenarioCommand>();
  auto* fresh = command->add_subcommand("new", "Write a commented scenario");
  fresh->add_option("FILE", arguments->file, "The file to write; - for standard output")->required();
  fresh->add_option("--layer", arguments->layer, "The layer it has")->default_val("publics");
  fresh->add_option("--kind", arguments->model, "The model of that layer");
  fresh->add_option("--record", arguments->record, "A record for leaders' events");
  fresh->add_option("--model", arguments->model_file, "The model file that goes with the record");
  fresh->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_new(*arguments, session); }; });
  auto* layers = command->add_subcommand("layers", "List the layers' models, or describe those of one layer");
  layers->add_option("LAYER", arguments->list_layer, "sentiment, publics, organizations or arena");
  layers->add_flag("--markdown", arguments->markdown, "Print the reference page");
  layers->add_option("--csv", arguments->csv,
                     "Write a row for each setting and read-out of every model to this file (- for standard output)");
  layers->callback(
      [arguments, &session] { session.job = [arguments, &session] { return run_layers(*arguments, session); }; });
}

}  // namespace detente::cli
