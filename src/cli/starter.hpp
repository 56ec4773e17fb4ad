// What `detente init` writes: the files in data/starter, compiled in.
#pragma once

#include <span>
#include <string_view>

namespace detente::cli {

struct StarterFile {
  std::string_view name;
  std::string_view text;
};

[[nodiscard]] std::span<const StarterFile> starter_files();

}  // namespace detente::cli
