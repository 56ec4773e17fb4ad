// A report: one HTML file that holds the results and the page that shows them, and needs nothing else.
// The page is built from web/ and embedded in this library when Détente is built.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace detente {

// The page with the results put in, in the order given.  Each text must be valid JSON; nothing in it can end the
// element that holds it, since every '<' (which JSON has only inside strings) is written as \u003c.
[[nodiscard]] std::string make_page(const std::vector<std::string>& result_json_texts);

// The page as it was embedded, with the mark where the results go.
[[nodiscard]] std::string_view page_template();

inline constexpr std::string_view results_mark = "@RESULTS@";

}  // namespace detente
