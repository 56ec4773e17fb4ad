// Results are never half written: text goes to a temporary name in the same folder, is flushed to disk and renamed.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace detente {

// The disk is full, or it failed: the run's misfortune (exit 1), not the user's mistake (Error, exit 2).
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws Error when write_file() could not even begin: no such folder, a folder, no permission.
void check_can_write(const std::string& path);

// Replaces the file at `path` by `content`, all or nothing.  "-" and what is no regular file (a pipe, /dev/stdout) are
// written to directly.  Throws Error when the place cannot be opened, WriteError when writing fails.
void write_file(const std::string& path, std::string_view content);

}  // namespace detente
