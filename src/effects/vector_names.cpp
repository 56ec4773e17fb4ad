#include "effects/vector_names.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "effects/argument_values.hpp"

namespace detente {
namespace {

// The component of the vector that an attribute is.
std::optional<std::string> component_in(std::string_view attribute, std::string_view vector) {
  if (!attribute.starts_with(vector) || !attribute.substr(vector.size()).starts_with('.')) return std::nullopt;
  const std::string_view component = attribute.substr(vector.size() + 1);
  if (component.empty() || component.find('.') != std::string_view::npos) return std::nullopt;
  return std::string(component);
}

// Of components that are numbered, from 1 on, the first that is not there.
std::optional<std::size_t> gap_in(const std::vector<std::string>& components) {
  const auto is_number = [](const std::string& word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!std::all_of(components.begin(), components.end(), is_number)) return std::nullopt;
  for (std::size_t k = 1; k <= components.size(); ++k)
    if (!contains(components, std::to_string(k))) return k;
  return std::nullopt;
}

// view.1_missing, which tells where view.1 was filled (log/missing.hpp), is no component.
bool is_indicator(std::string_view attribute, const std::vector<std::string>& attributes) {
  constexpr std::string_view ending = "_missing";
  return attribute.ends_with(ending) && contains(attributes, attribute.substr(0, attribute.size() - ending.size()));
}

}  // namespace

std::vector<std::string> vectors_in(const std::vector<std::string>& attributes) {
  std::vector<std::string> names;
  for (const std::string& attribute : attributes) {
    std::string name = attribute.substr(0, attribute.rfind('.'));
    if (component_in(attribute, name) && !contains(names, name)) names.push_back(std::move(name));
  }
  return names;
}

std::vector<AttributeArgument> Arguments::vector(std::string_view name) const {
  const std::string& vector = get(name).value;
  const std::vector<std::string>& all = context_->attribute_names;
  std::vector<std::string> words;
  std::vector<AttributeArgument> components;
  for (AttributeId id = 0; id < all.size(); ++id) {
    auto component = component_in(all[id], vector);
    if (!component || is_indicator(all[id], all)) continue;
    if (!context_->attribute_levels[id].empty())
      throw FormulaProblem{fmt::format("'{}' is a factor", all[id]), get(name).position,
                           fmt::format("numbers in each component of '{}'", vector), ""};
    words.push_back(std::move(*component));
    components.push_back({id, false, -1, takes("missing") ? plain_number("missing") : std::nan("")});
  }
  if (const auto gap = gap_in(words))
    throw FormulaProblem{fmt::format("the vector '{0}' has no component '{0}.{1}'", vector, *gap), get(name).position,
                         fmt::format("components numbered from {}.1 on, without a gap", vector), ""};
  return components;
}

}  // namespace detente
