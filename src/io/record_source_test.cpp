// What reading a whole record promises, whatever is in it.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "io/record_source.hpp"
#include "io/test_folder.hpp"

namespace detente::record_source_test {

std::string refusal(const std::string& path, const RecordOptions& options) {
  try {
    static_cast<void>(read_usable_record(path, options));
  } catch (const Error& error) { return error.what(); }
  return "no error";
}

TEST(read_record, any_cells_are_a_record_or_messages_never_a_crash) {
  const std::vector<std::string> cells{"",       "a",    "b",       "2020-01-01", "2020-02",    "1",
                                       "-1e308", "1e39", "9999-12", "0000-01",    "month",      "day",
                                       "\"",     "ally", "nan",     "\xFF",       "2147483648", "2020-01-01T25:00",
                                       "rupture"};
  const std::vector<std::string> files{"events.csv",     "actors.csv", "ties.csv",  "types.csv",
                                       "attributes.csv", "pairs.csv",  "series.csv"};
  const std::vector<std::string> headers{"date,precision,time_order,source,target,type,intensity",
                                         "id,name,kind,enters,leaves,note",
                                         "id,a,b,kind,start,end,ending",
                                         "code,label,quad_class,default_intensity",
                                         "actor,date,attribute,value",
                                         "sender,receiver,attribute,value,time",
                                         "series,time,value"};
  EXPECT_TRUE(rc::check("any cells", [&] {
    const TestFolder folder;
    for (std::size_t f = 0; f < files.size(); ++f) {
      const auto columns = static_cast<std::size_t>(std::count(headers[f].begin(), headers[f].end(), ',')) + 1;
      std::string text = headers[f] + "\n";
      const auto drawn = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(cells));
      for (std::size_t i = 0; i < drawn.size(); ++i) text += drawn[i] + ((i + 1) % columns == 0 ? "\n" : ",");
      if (f == 0 || *rc::gen::arbitrary<bool>()) folder.write(files[f], text);
    }
    try {
      const LoadedRecord loaded = read_record(folder.path(), {});
      for (const TableCount& table : loaded.findings.tables) RC_ASSERT(table.read == table.kept + table.set_aside);
    } catch (const Error& error) { RC_ASSERT(!error.problem().what.empty()); }
  }));
}

TEST(read_usable_record, stops_at_the_first_error_unless_told_to_set_aside) {
  const TestFolder folder;
  folder.write("events.csv", "date,source,target,type\n2020-01-01,a,b,c\nx,a,b,c\ny,a,b,c\n");
  RecordOptions options;
  EXPECT_EQ(refusal(folder.path(), options),
            "error: events.csv:3: unreadable date in column 'date' (and 1 more error)\n  got: 'x'\n"
            "  expected: a date such as 2025-01-22, 2025-01 or 2025-01-22T10:30:00Z\n  hint: `detente check " +
                folder.path() + "` lists all; `--bad set-aside` goes on without these rows");
  options.bad = BadRows::set_aside;
  EXPECT_EQ(read_usable_record(folder.path(), options).record.events.size(), 1U);
}

TEST(read_usable_record, a_record_without_a_usable_event_is_refused) {
  const TestFolder folder;
  folder.write("events.csv", "time,sender,receiver\n1,a,a\n");
  EXPECT_EQ(
      refusal(folder.path(), {}),
      "error: " + folder.path() + ": no usable event is left\n  hint: `detente check " + folder.path() + "` lists why");
}

TEST(read_record, an_unknown_preset_is_refused) {
  RecordOptions options;
  options.preset = "tkgg";
  EXPECT_EQ(refusal(".", options),
            "error: unknown preset 'tkgg'\n  expected: one of detente, tkg, remify, icews, gdelt, polecat, goldfish\n  "
            "hint: did you mean 'tkg'?");
}

}  // namespace detente::record_source_test
