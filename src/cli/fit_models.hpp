// The models of a fit: a file or a formula, and those to compare with it.
#pragma once

#include <string>
#include <vector>

#include "cli/prior.hpp"
#include "hazard/model.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace detente::cli {

struct FitModelArguments {
  std::string model;
  std::string formula;
  std::string like;
  std::string kind = "tie";
  std::string timing = "exact";
  std::string simultaneous = "breslow";
  std::string at_risk = "all";
  std::vector<std::string> marks{};
  bool undirected = false;
  std::size_t controls = 0;
  std::string sampling = "uniform";
  PriorArguments prior;
  std::vector<std::string> compare{};
  std::vector<std::string> compare_formulas{};
};

// What was given, for settle_models().
struct ModelOptions {
  CLI::Option *model, *formula, *like, *kind, *timing, *simultaneous, *at_risk, *marks, *undirected, *controls,
      *compare, *compare_formula;
};

// `arguments` must outlive the command.
ModelOptions add_model_options(CLI::App& command, FitModelArguments& arguments);
// Throws CLI::ExcludesError and its kin; puts in place what the package that --like names does unless told otherwise.
void settle_models(const ModelOptions& options, FitModelArguments& arguments);

struct NamedModel {
  std::string name;
  ModelSpec spec;
};

// The model to fit, then those to compare with it.
[[nodiscard]] std::vector<NamedModel> read_models(const FitModelArguments& arguments);
[[nodiscard]] bool samples(const ModelSpec& spec);

}  // namespace detente::cli
