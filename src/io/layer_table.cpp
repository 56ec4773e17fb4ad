#include "io/layer_table.hpp"

#include <algorithm>
#include <filesystem>

#include "layers/catalogue.hpp"

namespace detente {
namespace {

Place place_of(const toml::node& node, const std::string& file) {
  return {file, node.source().begin.line, node.source().begin.column};
}

}  // namespace

std::string beside(const std::string& file, const std::string& path) {
  const std::filesystem::path given(path);
  if (given.is_absolute()) return path;
  return (std::filesystem::path(file).parent_path() / given).lexically_normal().string();
}

Setting read_setting(const toml::node& node, const std::string& file) {
  const Place where = place_of(node, file);
  if (const auto flag = node.value_exact<bool>()) return {*flag, where};
  if (const auto number = node.value<double>(); number && node.is_number()) return {*number, where};
  if (const auto* text = node.as_string()) return {text->get(), where};
  const auto* list = node.as_array();
  if (list == nullptr)
    throw Error(
        {.what = "no setting is of this kind", .where = where, .expected = "a number, a word, true, false or a list"});
  if (std::all_of(list->begin(), list->end(), [](const toml::node& n) { return n.is_number(); })) {
    std::vector<double> numbers;
    for (const toml::node& one : *list) numbers.push_back(one.value<double>().value());
    return {std::move(numbers), where};
  }
  Names words;
  for (const toml::node& one : *list) {
    if (!one.is_string())
      throw Error({.what = "a list holds numbers or words",
                   .where = place_of(one, file),
                   .expected = "[1, 2] or [\"a\", \"b\"]"});
    words.push_back(one.as_string()->get());
  }
  return {std::move(words), where};
}

LayerSpec read_layer(std::string_view layer, const toml::table& table, const std::string& file) {
  LayerSpec spec{.layer = std::string(layer), .model = "", .where = place_of(table, file)};
  for (const auto& [key, value] : table) {
    if (key.str() == "model") {
      if (!value.is_string())
        throw Error({.what = "'model' is no word", .where = place_of(value, file), .expected = "model = \"...\""});
      spec.model = value.as_string()->get();
      spec.where = place_of(value, file);
    } else {
      Setting one = read_setting(value, file);
      if (key.str() == "file" && value.is_string()) one.value = beside(file, value.as_string()->get());
      spec.settings.emplace(key.str(), std::move(one));
    }
  }
  if (spec.model.empty()) {
    Names models;
    for (const LayerEntry& entry : layer_catalogue())
      if (entry.doc->layer == layer) models.emplace_back(entry.doc->model);
    throw Error({.what = fmt::format("[{}] does not say its model", layer),
                 .where = place_of(table, file),
                 .expected = fmt::format("model = one of: {}", fmt::join(models, ", "))});
  }
  (void)find_layer(layer, spec.model, spec.where);
  return spec;
}

}  // namespace detente
