// detente init: a record and a model to start from.
#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/ostream.h>
#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/starter.hpp"
#include "io/write_file.hpp"

namespace detente::cli {
namespace {

// Throws Error, before anything is written, where there is something in the way.
void check_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored))
    throw Error({.what = "it is a file", .where = {.file = folder.string()}, .expected = "a folder, or a new name"});
  for (const StarterFile& file : starter_files())
    if (const auto path = folder / file.name; std::filesystem::exists(std::filesystem::symlink_status(path, ignored)))
      throw Error({.what = "the file exists already, and nothing is overwritten",
                   .where = {.file = path.string()},
                   .hint = "name a new folder"});
}

int run_init(const std::string& name, const Session& session) {
  const std::filesystem::path folder(name);
  check_folder(folder);
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw Error({.what = fmt::format("cannot make the folder: {}", failed.message()), .where = {.file = name}});
  for (const StarterFile& file : starter_files()) {
    const std::string path = (folder / file.name).string();
    write_file(path, file.text);
    fmt::print(session.streams.out, "wrote {}\n", path);
  }
  fmt::print(session.streams.out,
             "\nIts rows are invented: replace them by your own, then\n"
             "  detente check {0}\n  detente fit {0} --model {1}\n  detente forecast {0} --model {1} --as-of last\n",
             name, (folder / "model.toml").string());
  return 0;
}

}  // namespace

void add_init(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("init", "Write a commented record and model to start from");
  auto folder = std::make_shared<std::string>();
  command->add_option("FOLDER", *folder, "The folder to write them to; nothing in it is overwritten")->required();
  command->callback([folder, &session] { session.job = [folder, &session] { return run_init(*folder, session); }; });
}

}  // namespace detente::cli
