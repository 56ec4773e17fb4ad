#include "report/report.hpp"

#include <cassert>

// Defined by page_template.S: the bytes of the page and where they end.
extern "C" const char detente_page_begin[];
extern "C" const char detente_page_end[];

namespace detente {
namespace {

void append_safely(std::string& page, std::string_view json) {
  for (const char c : json) {
    if (c == '<')
      page += "\\u003c";
    else
      page += c;
  }
}

}  // namespace

std::string_view page_template() { return std::string_view(detente_page_begin, detente_page_end); }

std::string make_page(const std::vector<std::string>& result_json_texts) {
  const std::string_view empty = page_template();
  const auto mark = empty.find(results_mark);
  assert(mark != std::string_view::npos);
  std::string page(empty.substr(0, mark));
  page += '[';
  for (std::size_t i = 0; i < result_json_texts.size(); ++i) {
    if (i > 0) page += ",\n";
    append_safely(page, result_json_texts[i]);
  }
  page += ']';
  return page.append(empty.substr(mark + results_mark.size()));
}

}  // namespace detente
