// The man page and the completion scripts: every command and option is in them, and they work where they are read.
#include <gtest/gtest.h>

#include <sstream>

#include "command.hpp"

namespace detente::e2e::shells_test {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The first words of the lines under a heading of a help text, each "-h,--help" apart.
std::vector<std::string> listed(const std::string& help, const std::string& heading) {
  std::vector<std::string> words;
  bool inside = false;
  for (const std::string& line : lines_of(help)) {
    if (!line.starts_with(' ')) inside = line == heading;
    if (!inside || !line.starts_with("  ") || line.starts_with("   ")) continue;
    std::istringstream names(line.substr(2, line.find(' ', 2) - 2));
    for (std::string name; std::getline(names, name, ',');) words.push_back(name);
  }
  return words;
}

// Each command with its options, as --help tells them.
std::map<std::string, std::vector<std::string>> everything() {
  std::map<std::string, std::vector<std::string>> found;
  for (const std::string& name : listed(detente({"--help"}).out, "Subcommands:")) {
    const std::string help = detente({name, "--help"}).out;
    found[name] = listed(help, "Options:");
    for (const std::string& below : listed(help, "Subcommands:"))
      found[name + " " + below] = listed(detente({name, below, "--help"}).out, "Options:");
  }
  return found;
}

std::string hyphens(std::string text) {
  for (std::size_t at = 0; (at = text.find('-', at)) != std::string::npos; at += 2) text.replace(at, 1, "\\-");
  return text;
}

// From a line on, to the next one that starts alike.
std::string part(const std::string& text, const std::string& line, const std::string& next) {
  const auto from = text.find(line);
  if (from == std::string::npos) return "";
  return text.substr(from, text.find(next, from + line.size()) - from);
}

TEST(Man, has_every_command_and_option) {
  const std::string page = detente({"man"}).out;
  const auto commands = everything();
  ASSERT_GT(commands.size(), 15U);
  for (const auto& [command, options] : commands) {
    const std::string section = part(page, "\n.SS " + command + "\n", "\n.S");
    ASSERT_FALSE(section.empty()) << command;
    ASSERT_FALSE(options.empty()) << command;
    for (const std::string& option : options)
      EXPECT_NE(section.find("\\fB" + hyphens(option) + "\\fR"), std::string::npos) << command << " " << option;
  }
}

TEST(Man, is_typeset_without_a_warning) {
  if (shell("command -v groff >/dev/null").code != 0) GTEST_SKIP() << "no groff here";
  const Answer typeset = shell("program man | groff -man -Tutf8 -ww -P-c -P-b -P-u");
  EXPECT_EQ(typeset.code, 0);
  EXPECT_EQ(typeset.err, "");
  EXPECT_NE(typeset.out.find("Détente"), std::string::npos);
  EXPECT_NE(typeset.out.find("--as-of TEXT"), std::string::npos);
  EXPECT_NE(typeset.out.find("(default 180d)"), std::string::npos);
}

TEST(Completion, has_every_command_and_option) {
  const std::string bash = detente({"completion", "bash"}).out;
  const std::string zsh = detente({"completion", "zsh"}).out;
  const std::string fish = detente({"completion", "fish"}).out;
  for (const auto& [command, options] : everything()) {
    std::string function = "\n_detente_" + command + "() {";
    std::string seen = "__fish_seen_subcommand_from " + command;
    if (const auto space = command.find(' '); space != std::string::npos) {
      function.replace(function.find(' '), 1, "_");
      seen.replace(seen.rfind(' '), 1, "; and __fish_seen_subcommand_from ");
    }
    const std::string in_zsh = part(zsh, function, "\n}");
    const std::string in_bash = part(bash, "\n    \"" + command + "\") options=", "\n");
    for (const std::string& option : options) {
      EXPECT_TRUE((in_bash + " ").find(option + " ") != std::string::npos ||
                  in_bash.find(option + "\"") != std::string::npos)
          << command << " " << option;
      EXPECT_NE(in_zsh.find(")" + option) == std::string::npos ? in_zsh.find("*" + option) : 0, std::string::npos)
          << command << " " << option << in_zsh;
      const bool longer = option.starts_with("--");
      const std::string in_fish = (longer ? " -l " : " -s ") + option.substr(longer ? 2 : 1) + " ";
      bool found = false;
      for (const std::string& line : lines_of(fish))
        found = found || (line.starts_with("complete -c detente -n \"" + seen + "\"") &&
                          line.find(in_fish) != std::string::npos);
      EXPECT_TRUE(found) << command << " " << option;
    }
  }
}

TEST(Completion, the_scripts_are_valid) {
  const Here here;
  for (const char* name : {"bash", "zsh", "fish"}) {
    const std::string found = std::string("command -v ") + name + " >/dev/null";
    if (shell(found).code != 0) continue;
    EXPECT_EQ(shell(std::string("program completion ") + name + " >script && " + name + " -n script; echo $?").text(),
              "exit 0\n-- out\n0\n")
        << name;
  }
}

// What bash offers for these words, the last of which is being typed.
std::string completed(const std::string& words) {
  return shell("source <(program completion bash)\nCOMP_WORDS=(" + words +
               ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_detente\nprintf '%s\\n' \"${COMPREPLY[@]}\"")
      .out;
}

TEST(Completion, works_in_bash) {
  const Here here({{"my record/events.csv", ""}, {"model.toml", ""}});
  EXPECT_EQ(completed("detente fo"), "forecast\n");
  EXPECT_EQ(completed("detente s"), "simulate\nscenario\n");
  EXPECT_EQ(completed("detente --v"), "--version\n");
  EXPECT_EQ(completed("detente fit my --ki"), "--kind\n");
  EXPECT_EQ(completed("detente fit my --kind ''"), "tie\nrate\nchoice\n");
  EXPECT_EQ(completed("detente fit my --kind = c"), "choice\n");
  EXPECT_EQ(completed("detente fit my --kind ="), "tie\nrate\nchoice\n");
  EXPECT_EQ(completed("detente fit my --model m"), "model.toml\nmy record\n");
  EXPECT_EQ(completed("detente fit my"), "my record\n");
  EXPECT_EQ(completed("detente fit my --seed ''"), "\n");  // a number: nothing to offer
  EXPECT_EQ(completed("detente fit my --undirected --tim"), "--timing\n");
  EXPECT_EQ(completed("detente scenario ''"), "new\nlayers\n");
  EXPECT_EQ(completed("detente scenario new x --lay"), "--layer\n");
  EXPECT_EQ(completed("detente scenario layers --mark"), "--markdown\n");
  EXPECT_EQ(completed("detente completion ''"), "bash\nzsh\nfish\n");
  EXPECT_EQ(completed("detente check fit --eve"), "--events\n");  // a record may be called like a command
}

TEST(Completion, of_no_known_shell_is_refused) {
  const Answer answer = detente({"completion", "bsh"});
  EXPECT_EQ(answer.code, 2);
  EXPECT_NE(answer.err.find("did you mean 'bash'?"), std::string::npos) << answer.err;
}

}  // namespace detente::e2e::shells_test
