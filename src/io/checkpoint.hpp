// A long run that can be killed at any moment: every replicate that has ended is appended to a file, with its own
// fingerprint, and a run that is taken up again reads them and does the rest.  What was cut off in the middle of a
// replicate is left out and done anew.
#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "simulate/ensemble_run.hpp"

namespace detente {

class Checkpoint {
 public:
  // `run` is what the replicates depend on: scenario, record, model, seed.  Throws Error when the file is of another run, no
  // checkpoint, or being written by a run that goes on.
  Checkpoint(std::string path, const std::string& run);
  ~Checkpoint();
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;

  [[nodiscard]] std::optional<ReplicatePath> find(std::size_t replicate) const;
  [[nodiscard]] std::size_t size() const { return known_.size(); }
  // Throws WriteError.
  void add(std::size_t replicate, const ReplicatePath& path);

 private:
  void read(const std::string& head);

  std::string path_;
  std::map<std::size_t, ReplicatePath> known_;
  std::FILE* file_ = nullptr;
  bool created_ = false;  // by this run, which has added nothing yet
};

}  // namespace detente
