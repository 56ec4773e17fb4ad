#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "base/memory_limit.hpp"
#include "layers/publics/generators.hpp"

namespace detente {
namespace {

// The next field of `rest`, which is cut from it; empty at the end.
std::string_view next_field(std::string_view& rest) {
  const std::size_t from = rest.find_first_not_of(" \t\r,");
  if (from == std::string_view::npos) return rest = {};
  rest.remove_prefix(from);
  const std::string_view field = rest.substr(0, rest.find_first_of(" \t\r,"));
  rest.remove_prefix(field.size());
  return field;
}

template <class T>
std::optional<T> parse(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

EdgeList read_edge_list(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error({.what = "cannot read the network", .where = {.file = path}});
  std::error_code unknown;
  const auto bytes = static_cast<double>(std::filesystem::file_size(path, unknown));
  constexpr double short_line = 8;  // "123 456" and its end; a line becomes two ties
  if (!unknown) require_memory(bytes / short_line * 2 * sizeof(NetworkEdge), "the network", {.file = path});
  EdgeList list;
  std::unordered_map<std::uint64_t, std::uint32_t> number;
  const auto numbered = [&](std::uint64_t id) {
    return number.emplace(id, static_cast<std::uint32_t>(number.size())).first->second;
  };
  std::size_t at = 0;
  for (std::string line; std::getline(file, line);) {
    ++at;
    std::string_view rest = line;
    const std::string_view first = next_field(rest);
    if (first.empty() || first.front() == '#') continue;
    const auto from = parse<std::uint64_t>(first);
    const auto to = parse<std::uint64_t>(next_field(rest));
    const std::string_view third = next_field(rest);
    const auto weight = third.empty() ? std::optional<float>(1) : parse<float>(third);
    if (!from || !to || !weight || !std::isfinite(*weight) || !next_field(rest).empty())
      throw Error({.what = "cannot read a tie",
                   .where = {.file = path, .line = at},
                   .got = fmt::format("'{}'", printable(line)),
                   .expected = "two whole numbers, and perhaps a weight"});
    const std::uint32_t i = numbered(*from);
    const std::uint32_t j = numbered(*to);
    list.edges.push_back({i, j, *weight});
  }
  list.people = number.size();
  if (list.people < 2) throw Error({.what = "a network of fewer than two people", .where = {.file = path}});
  list.edges = both_ways(std::move(list.edges));
  return list;
}

}  // namespace detente
