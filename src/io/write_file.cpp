#include "io/write_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"

namespace detente {
namespace {

// A file descriptor that is closed when it goes; standard output is only borrowed.
class Descriptor {
 public:
  explicit Descriptor(int fd, bool owned = true) : fd_(fd), owned_(owned) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { static_cast<void>(close()); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool close() {
    const int fd = std::exchange(fd_, -1);
    return fd < 0 || !owned_ || ::close(fd) == 0;
  }

 private:
  int fd_;
  bool owned_;
};

[[noreturn]] void cannot_open(const std::string& path, int code) {
  throw Error({.what = fmt::format("cannot write here: {}", std::strerror(code)),
               .where = {.file = path},
               .hint = code == ENOENT ? "does the folder exist?" : ""});
}

// Where a path leads, through links.
std::filesystem::path resolved(const std::string& path) {
  std::error_code code;
  const std::filesystem::path target = std::filesystem::canonical(path, code);
  if (code) cannot_open(path, code.value());
  return target;
}

[[noreturn]] void cannot_write(const std::string& path, int code) {
  throw WriteError(fmt::format("{}: cannot write: {}", path, std::strerror(code)));
}

void write_all(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) cannot_write(path, errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool is_written_directly(const std::string& path) {
  struct stat status {};
  if (path.starts_with("/dev/")) return true;  // also /dev/stdout when it is redirected to a regular file
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

void write_directly(const std::string& path, std::string_view content) {
  const bool standard_output = path == "-";
  Descriptor file(standard_output ? STDOUT_FILENO : ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC),
                  !standard_output);
  if (file.get() < 0) cannot_open(path, errno);
  write_all(file.get(), content, path);
  if (!file.close()) cannot_write(path, errno);
}

// A name nobody uses yet, beside the target, opened with the permissions that the target has or would get.
std::pair<std::string, int> open_beside(const std::string& target, const std::string& path) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    std::string name = fmt::format("{}.{}-{}.part", target, ::getpid(), attempt);
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) return {std::move(name), fd};
    if (errno != EEXIST) cannot_open(path, errno);
  }
  cannot_open(path, EEXIST);
}

void write_and_rename(const std::string& path, std::string_view content) {
  std::error_code ignored;
  const bool exists = std::filesystem::exists(path, ignored);
  if (std::filesystem::is_directory(path, ignored)) cannot_open(path, EISDIR);
  // A link stays a link: what it points to is replaced.
  const std::string target = exists ? resolved(path).string() : path;
  if (exists && ::access(target.c_str(), W_OK) != 0) cannot_open(path, errno);
  auto [name, fd] = open_beside(target, path);
  Descriptor file(fd);
  try {
    struct stat status {};
    if (exists && ::stat(target.c_str(), &status) == 0 && ::fchmod(fd, status.st_mode & 07777U) != 0)
      cannot_write(path, errno);
    write_all(fd, content, path);
    if (::fsync(fd) != 0 || !file.close() || ::rename(name.c_str(), target.c_str()) != 0) cannot_write(path, errno);
  } catch (...) {
    ::unlink(name.c_str());
    throw;
  }
}

}  // namespace

void check_can_write(const std::string& path) {
  if (path == "-" || is_written_directly(path)) return;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) cannot_open(path, EISDIR);
  const bool exists = std::filesystem::exists(path, ignored);
  if (ignored && ignored != std::errc::no_such_file_or_directory) cannot_open(path, ignored.value());
  const std::filesystem::path target = exists ? resolved(path) : std::filesystem::path(path);
  const std::string folder = target.has_parent_path() ? target.parent_path().string() : ".";
  if (::access(folder.c_str(), W_OK | X_OK) != 0 || (exists && ::access(target.c_str(), W_OK) != 0))
    cannot_open(path, errno);
}

void write_file(const std::string& path, std::string_view content) {
  if (path == "-" || is_written_directly(path)) {
    write_directly(path, content);
  } else {
    write_and_rename(path, content);
  }
}

}  // namespace detente
