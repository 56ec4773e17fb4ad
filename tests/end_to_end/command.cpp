#include "command.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fmt/format.h>

#include "cli/cli.hpp"

namespace detente::e2e {

std::string Answer::text() const {
  return "exit " + std::to_string(code) + "\n" + (out.empty() ? "" : "-- out\n" + out) +
         (err.empty() ? "" : "-- err\n" + err);
}

Answer detente(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::run(arguments, {out, err});
  return {code, out.str(), err.str()};
}

Answer shell(const std::string& text) {
  const TestFolder folder;
  const std::string script =
      "PROGRAM='" DETENTE_PROGRAM "'\nprogram() { timeout 120 \"$PROGRAM\" \"$@\"; }\n" + text + "\n";
  const std::string command =
      "bash " + folder.write("script", script) + " >" + folder.path("out") + " 2>" + folder.path("err");
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder.path("out")), text_of(folder.path("err"))};
}

Here::Here(const Files& files) : before_(std::filesystem::current_path()) {
  std::filesystem::current_path(folder_.path());
  for (const auto& [name, content] : files) write(name, content);
}

Here::~Here() { std::filesystem::current_path(before_); }

void Here::write(const std::string& name, const std::string& content) const {
  const std::filesystem::path path = folder_.path(name);
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::string Here::read(const std::string& name) const { return text_of(folder_.path(name)); }

std::string source(const std::string& path) { return DETENTE_SOURCE_DIR "/" + path; }

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Files small_record() {
  return {{"record/actors.csv", "id,name,kind\nanna,Anna,leader\nben,Ben,leader\nacme,Acme,organization\n"},
          {"record/types.csv",
           "code,label,quad_class,default_intensity\n"
           "praise,Praise,verbal-cooperation,3\n"
           "sue,Sue,material-conflict,-6\n"},
          {"record/ties.csv",
           "id,a,b,kind,start,end,ending\n"
           "t1,anna,ben,alliance,2022-01-05,2022-11-20,rupture\n"
           "t2,anna,acme,founding,2022-01-05,,\n"
           "t3,ben,acme,office,2022-03-01,2023-03-01,fulfilled\n"
           "t4,anna,ben,alliance,2023-02-01,,\n"},
          {"record/events.csv",
           "date,source,target,type\n"
           "2022-01-05,anna,ben,praise\n"
           "2022-02-10,ben,anna,praise\n"
           "2022-05-20,acme,ben,praise\n"
           "2022-09-03,anna,acme,praise\n"
           "2022-11-01,ben,anna,sue\n"
           "2022-11-20,anna,ben,sue\n"
           "2023-02-01,ben,anna,praise\n"
           "2023-06-15,anna,ben,praise\n"
           "2023-12-24,acme,anna,praise\n"}};
}

Files one_receiver_record() {
  Files files = small_record();
  std::string& events = files["record/events.csv"];
  events = "date,source,target,type\n";
  for (int day = 10; day < 22; ++day)
    events += fmt::format("2022-01-{},{},acme,praise\n", day, day % 3 == 0 ? "anna" : "ben");
  return files;
}

std::string small_model() {
  return R"toml([traces]
goodwill = { events = "cooperation", halflife = "90d" }
grievance = { events = "conflict", halflife = "45d" }

[hazards.conflict]
kind = "tie"
events = "conflict"
prior = 1.0
effects = "recency(grievance)"

[hazards.rupture]
kind = "end"
prior = 1.0
effects = "log1p(inertia(grievance))"
)toml";
}

}  // namespace detente::e2e
