// Rows of actors, of the ties between them and of their attributes.
#pragma once

#include <map>

#include "io/table_rows.hpp"

namespace detente {

class ActorRows : public TableRows {
 public:
  ActorRows(RecordDraft& draft, std::string file, const Preset& preset)
      : TableRows(draft, Table::actors, std::move(file), preset) {}

 private:
  void begin() override { record().closed_actors = true; }
  bool add() override;
  bool add_spell(Actor& actor, const Actor& next);
};

class TieRows : public TableRows {
 public:
  TieRows(RecordDraft& draft, std::string file, const Preset& preset)
      : TableRows(draft, Table::ties, std::move(file), preset) {}

 private:
  bool keeps_extra_columns() override { return true; }
  void begin() override;
  bool add() override;
  void end() override;
  bool read_ends(Tie& tie);
  void check_ending(Tie& tie);

  // A further column of numbers is an attribute of ties; one with other text in it is noted and not read.
  struct Further {
    ExtraColumn column;
    bool numeric = true;
    bool any = false;  // some cell is not empty
    std::vector<double> values{};
  };
  void read_further();

  NameIndex ids_{};
  std::vector<Further> further_{};
};

// An attribute whose values are all numbers is numeric, and NA among them is a value that is not known, as R writes it;
// otherwise it is a factor, and the texts are its levels in order of appearance.
class AttributeRows : public TableRows {
 public:
  AttributeRows(RecordDraft& draft, std::string file, const Preset& preset)
      : TableRows(draft, Table::attributes, std::move(file), preset) {}

 private:
  struct Cell {
    ActorId actor;
    Time time;
    std::string text;
  };
  struct Texts {
    std::vector<Cell> cells;
    std::map<std::pair<ActorId, Time>, std::size_t> latest;  // by actor and time: its place in `cells`
    std::size_t numbers = 0, unknown = 0;                    // the others are words
    Place first_word, first_unknown;
  };
  bool add() override;
  void end() override;
  void put(std::string_view name, Texts& texts, Cell cell);
  void check(const std::string& name, Texts& texts);  // what only all values of an attribute show
  [[nodiscard]] Attribute attribute_of(const std::string& name, const Texts& texts) const;

  std::vector<std::string> names_{};  // in order of appearance
  std::map<std::string, Texts, std::less<>> texts_{};
};

}  // namespace detente
