#include "io/prior_file.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "io/model_file.hpp"
#include "io/toml_table.hpp"

namespace detente {
namespace {

constexpr double least_eigenvalue = 1e-9;  // of correlations: below it estimates are not told apart
constexpr double symmetric_to = 1e-6;

void require(const TomlTable& table, const Place& where, const std::string& name, const Names& keys) {
  for (const std::string& key : keys)
    if (table.get(key) == nullptr)
      throw Error({.what = fmt::format("the key '{}' is missing in [{}]", key, name),
                   .where = where,
                   .expected = fmt::format("all of: {}", fmt::join(keys, ", "))});
}

double finite(const TomlTable& table, std::string_view key, bool above_zero) {
  const auto number = table.get(key)->value<double>();
  if (!number || !std::isfinite(*number) || (above_zero && *number <= 0))
    table.wrong(key, above_zero ? "a number above 0" : "a number");
  return *number;
}

std::vector<ReferenceEffect> read_effects(const TomlTable& hazard, const std::string& name, const std::string& file) {
  const std::string expected = "[[hazards.NAME.effects]] tables with name, meaning, estimate and standard_error";
  const auto* list = hazard.get("effects")->as_array();
  if (list == nullptr || list->empty()) hazard.wrong("effects", expected);
  std::vector<ReferenceEffect> effects;
  for (const toml::node& node : *list) {
    if (!node.is_table()) hazard.wrong("effects", expected);
    const Names keys{"name", "meaning", "estimate", "standard_error"};
    const std::string within = fmt::format("hazards.{}.effects", name);
    const TomlTable effect(*node.as_table(), file, within, keys);
    require(effect, effect.place(node), within, keys);
    effects.push_back({effect.text("name", "a name in quotes"), effect.text("meaning", "a meaning in quotes"),
                       finite(effect, "estimate", false), finite(effect, "standard_error", true)});
  }
  return effects;
}

Eigen::MatrixXd read_correlations(const TomlTable& hazard, std::size_t effects) {
  const std::string expected =
      fmt::format("{} rows of {} numbers between -1 and 1, 1 on the diagonal: a row for each effect", effects, effects);
  const auto size = static_cast<Eigen::Index>(effects);
  Eigen::MatrixXd matrix(size, size);
  const auto* rows = hazard.get("correlations")->as_array();
  if (rows == nullptr || rows->size() != effects) hazard.wrong("correlations", expected);
  for (Eigen::Index i = 0; i < size; ++i) {
    const auto* row = (*rows)[static_cast<std::size_t>(i)].as_array();
    if (row == nullptr || row->size() != effects) hazard.wrong("correlations", expected);
    for (Eigen::Index j = 0; j < size; ++j) {
      const auto number = (*row)[static_cast<std::size_t>(j)].value<double>();
      if (!number || !(std::abs(*number) <= 1) || (i == j && *number != 1)) hazard.wrong("correlations", expected);
      matrix(i, j) = *number;
    }
  }
  if ((matrix - matrix.transpose()).cwiseAbs().maxCoeff() > symmetric_to)
    hazard.wrong("correlations", "a symmetric matrix");
  matrix = Eigen::MatrixXd(0.5 * (matrix + matrix.transpose()));
  const double least = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix, Eigen::EigenvaluesOnly).eigenvalues()(0);
  if (least < least_eigenvalue)
    hazard.wrong("correlations", fmt::format("a positive definite matrix; its smallest eigenvalue is {:.3g}", least));
  return matrix;
}

ReferenceHazard read_hazard(const std::string& name, const toml::table& toml, const std::string& file) {
  const Names keys{"kind", "about", "events", "effects", "correlations"};
  const TomlTable table(toml, file, "hazards." + name, keys);
  require(table, {file, toml.source().begin.line, 0}, "hazards." + name, keys);
  ReferenceHazard hazard{.name = name, .kind = HazardKind::tie, .about = table.text("about", "words in quotes")};
  hazard.kind = read_hazard_kind(table);
  const auto events = table.get("events")->value_exact<std::int64_t>();
  if (!events || *events < 1) table.wrong("events", "a whole number above 0: how many events the estimates rest on");
  hazard.events = static_cast<std::size_t>(*events);
  hazard.effects = read_effects(table, name, file);
  hazard.correlations = read_correlations(table, hazard.effects.size());
  return hazard;
}

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::string key_text(const std::string& name) {
  const bool bare = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  return bare ? name : quoted(name);
}

std::string hazard_text(const ReferenceHazard& hazard) {
  const std::string key = key_text(hazard.name);
  std::string text = fmt::format("\n[hazards.{}]\nkind   = \"{}\"\nabout  = {}\nevents = {}\ncorrelations = [\n", key,
                                 to_string(hazard.kind), quoted(hazard.about), hazard.events);
  for (Eigen::Index i = 0; i < hazard.correlations.rows(); ++i) {
    std::vector<std::string> row;
    for (Eigen::Index j = 0; j < hazard.correlations.cols(); ++j)
      row.push_back(i == j ? "1" : fmt::format("{:.6f}", hazard.correlations(i, j)));
    text += fmt::format("  [{}],\n", fmt::join(row, ", "));
  }
  text += "]\n";
  for (const ReferenceEffect& effect : hazard.effects)
    text +=
        fmt::format("\n[[hazards.{}.effects]]\nname = {}\nmeaning = {}\nestimate = {:.6g}\nstandard_error = {:.6g}\n",
                    key, quoted(effect.name), quoted(effect.meaning), effect.estimate, effect.standard_error);
  return text;
}

}  // namespace

ReferencePrior parse_prior(std::string_view text, const std::string& name) {
  const toml::table root = parse_toml(text, name);
  const TomlTable table(root, name, "", {"version", "command", "record", "hazards"});
  ReferencePrior prior{.path = name};
  const auto text_of = [&](const char* key) {
    return table.get(key) == nullptr ? "" : table.text(key, "text in quotes");
  };
  prior.version = text_of("version");
  prior.command = text_of("command");
  prior.record = text_of("record");
  if (table.get("hazards") != nullptr && !table.get("hazards")->is_table()) table.wrong("hazards", "a table");
  if (table.get("hazards") != nullptr) {
    const toml::table& hazards = *table.get("hazards")->as_table();
    for (const auto& [hazard, toml] : TomlTable(hazards, name, "hazards", keys_of(hazards)).tables())
      prior.hazards.push_back(read_hazard(hazard, *toml, name));
  }
  if (prior.hazards.empty())
    throw Error({.what = "the prior has no hazards",
                 .where = {.file = name},
                 .expected = "at least one [hazards.NAME] table, as `detente fit --save` writes it"});
  return prior;
}

ReferencePrior read_prior(const std::string& path) {
  return parse_prior(read_toml(path, "a prior", "a TOML file that `detente fit --save` wrote"), path);
}

std::string prior_text(const ReferencePrior& prior) {
  std::string text = fmt::format(
      "# What a fit says of its effects, as a prior for smaller records: detente fit RECORD --prior THIS --discount "
      "0.2\n"
      "# To leave an effect out, remove its table, and its row and column of the correlations.\n\n"
      "version = {}\ncommand = {}\nrecord  = {}\n",
      quoted(prior.version), quoted(prior.command), quoted(prior.record));
  for (const ReferenceHazard& hazard : prior.hazards) text += hazard_text(hazard);
  return text;
}

}  // namespace detente
