#include "io/checkpoint.hpp"

#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "io/write_file.hpp"

namespace detente {
namespace {

const std::string magic = "detente checkpoint 1 ";

template <class T>
void put(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}
  template <class T>
  bool take(T& value) {
    if (left_.size() < sizeof(T)) return false;
    std::memcpy(&value, left_.data(), sizeof(T));
    left_.remove_prefix(sizeof(T));
    return true;
  }
  bool take(std::string& text, std::size_t size) {
    if (left_.size() < size) return false;
    text.assign(left_.substr(0, size));
    left_.remove_prefix(size);
    return true;
  }
  [[nodiscard]] std::size_t left() const { return left_.size(); }

 private:
  std::string_view left_;
};

std::string packed(std::size_t replicate, const ReplicatePath& path) {
  std::string bytes;
  put(bytes, static_cast<std::uint64_t>(replicate));
  put(bytes, static_cast<std::uint8_t>(path.exploded));
  put(bytes, static_cast<std::uint64_t>(path.values.size()));
  bytes.append(reinterpret_cast<const char*>(path.values.data()), path.values.size() * sizeof(double));
  put(bytes, static_cast<std::uint64_t>(path.happenings.size()));
  for (const Happening& one : path.happenings) {
    put(bytes, one.time);
    put(bytes, one.who);
    put(bytes, one.whom);
    put(bytes, static_cast<std::uint64_t>(one.what.size()));
    bytes += one.what;
  }
  return bytes;
}

bool unpack(std::string_view text, std::size_t& replicate, ReplicatePath& path) {
  Bytes bytes(text);
  std::uint64_t number = 0;
  std::uint64_t count = 0;
  std::uint8_t exploded = 0;
  if (!bytes.take(number) || !bytes.take(exploded) || !bytes.take(count) || bytes.left() / sizeof(double) < count)
    return false;
  replicate = number;
  path.exploded = exploded != 0;
  path.values.resize(count);
  for (double& value : path.values) bytes.take(value);
  if (!bytes.take(count)) return false;
  for (std::uint64_t k = 0; k < count; ++k) {
    Happening one{};
    std::uint64_t size = 0;
    if (!bytes.take(one.time) || !bytes.take(one.who) || !bytes.take(one.whom) || !bytes.take(size) ||
        !bytes.take(one.what, size))
      return false;
    path.happenings.push_back(std::move(one));
  }
  return bytes.left() == 0;
}

}  // namespace

Checkpoint::Checkpoint(std::string path, const std::string& run) : path_(std::move(path)) {
  const std::string head = magic + run + "\n";
  std::error_code unknown;
  created_ = !std::filesystem::exists(path_, unknown);
  if (created_) check_can_write(path_);
  if (created_) write_file(path_, head);
  file_ = std::fopen(path_.c_str(), "ab");
  if (file_ == nullptr)
    throw Error(
        {.what = fmt::format("cannot write the checkpoint: {}", std::strerror(errno)), .where = {.file = path_}});
  try {
    if (flock(fileno(file_), LOCK_EX | LOCK_NB) != 0)
      throw Error({.what = "another run is writing this checkpoint",
                   .where = {.file = path_},
                   .hint = "wait for it, stop it, or name another file"});
    read(head);
  } catch (...) {
    std::fclose(file_);
    file_ = nullptr;
    throw;
  }
}

// What follows the last whole replicate was cut off: the file is cut there.
void Checkpoint::read(const std::string& head) {
  std::ifstream file(path_, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  const std::string text = all.str();
  if (!file || !text.starts_with(magic))
    throw Error({.what = "this is no checkpoint, and would be overwritten",
                 .where = {.file = path_},
                 .hint = "name a file that does not exist yet"});
  if (!text.starts_with(head))
    throw Error({.what = "the checkpoint is of another run",
                 .where = {.file = path_},
                 .expected = "the same scenario, record, model, settings and seed",
                 .hint = "name another file, or remove this one"});
  std::size_t good = head.size();
  Bytes bytes(std::string_view(text).substr(good));
  for (std::uint64_t size = 0; bytes.take(size);) {
    std::string mark;
    std::string body;
    std::size_t replicate = 0;
    ReplicatePath path;
    if (!bytes.take(mark, 32) || !bytes.take(body, size) || fingerprint(body) != mark || !unpack(body, replicate, path))
      break;
    known_[replicate] = std::move(path);
    good = text.size() - bytes.left();
  }
  if (good < text.size()) std::filesystem::resize_file(path_, good);
}

// A run that ended before its first replicate leaves nothing behind: the next one may be of a mended scenario.
Checkpoint::~Checkpoint() {
  if (file_ == nullptr) return;
  if (created_) std::remove(path_.c_str());
  std::fclose(file_);
}

std::optional<ReplicatePath> Checkpoint::find(std::size_t replicate) const {
  const auto found = known_.find(replicate);
  if (found == known_.end()) return std::nullopt;
  return found->second;
}

void Checkpoint::add(std::size_t replicate, const ReplicatePath& path) {
  const std::string body = packed(replicate, path);
  std::string record;
  put(record, static_cast<std::uint64_t>(body.size()));
  record += fingerprint(body);
  record += body;
  if (std::fwrite(record.data(), 1, record.size(), file_) != record.size() || std::fflush(file_) != 0)
    throw WriteError(fmt::format("cannot write {}: {}", path_, std::strerror(errno)));
  created_ = false;
}

}  // namespace detente
