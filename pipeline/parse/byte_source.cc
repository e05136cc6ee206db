#include "pipeline/parse/byte_source.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"

namespace landfall {
namespace {

constexpr std::size_t kBufferBytes = 64u << 10;

}  // namespace

ByteSource::ByteSource(std::string file, int descriptor, const InputLimits& limits)
    : file_(std::move(file)), descriptor_(descriptor), limits_(limits) {}

absl::StatusOr<std::size_t> ByteSource::Read(char* to, std::size_t most) {
  if (!has_begun_) RETURN_IF_ERROR(Begin());
  if (expander_ != nullptr) return ReadExpanded(to, most);
  return held_.empty() ? ReadDescriptor(to, most) : ReadHeld(to, most);
}

absl::StatusOr<std::string> ByteSource::ReadAll(std::size_t most) {
  std::string text, piece(kBufferBytes, '\0');
  while (text.size() <= most) {
    ASSIGN_OR_RETURN(const std::size_t got, Read(piece.data(), piece.size()));
    if (got == 0) break;
    text.append(piece, 0, got);
  }
  return text;
}

bool ByteSource::HasMore() const {
  if (!held_.empty() || may_hold_more_) return true;
  pollfd waiting{descriptor_, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0;
}

// At least one byte, or none at the end.
absl::StatusOr<std::size_t> ByteSource::ReadDescriptor(char* to, std::size_t most) {
  while (true) {
    const ssize_t got = ::read(descriptor_, to, most);
    if (got >= 0) {
      bytes_taken_ += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
    if (errno == EISDIR) return absl::InvalidArgumentError(absl::StrFormat("%s is a directory, not a file", file_));
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd waiting{descriptor_, POLLIN, 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      break;
    }
  }
  return absl::UnavailableError(
      absl::StrFormat("reading %s at byte %d failed: %s", file_, bytes_taken_.load(), std::strerror(errno)));
}

// Reads as few bytes as tell whether the input is compressed: a live stream's first message is not kept waiting.
absl::Status ByteSource::Begin() {
  has_begun_ = true;
  buffer_ = std::make_unique<char[]>(kBufferBytes);
  std::size_t size = 0;
  SniffedCompression sniffed{Compression::kNone, true};
  while (sniffed.needs_more) {
    ASSIGN_OR_RETURN(const std::size_t got, ReadDescriptor(buffer_.get() + size, kBufferBytes - size));
    size += got;
    at_end_ = got == 0;
    if (at_end_) break;
    sniffed = SniffCompression({buffer_.get(), size});
  }
  held_ = {buffer_.get(), size};
  compression_ = sniffed.compression;
  if (compression_ == Compression::kNone) return absl::OkStatus();
  ASSIGN_OR_RETURN(expander_, MakeExpander(compression_));
  return absl::OkStatus();
}

absl::Status ByteSource::Refill() {
  ASSIGN_OR_RETURN(const std::size_t got, ReadDescriptor(buffer_.get(), kBufferBytes));
  held_ = {buffer_.get(), got};
  at_end_ = got == 0;
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> ByteSource::ReadHeld(char* to, std::size_t most) {
  const std::size_t size = std::min(most, held_.size());
  std::memcpy(to, held_.data(), size);
  held_.remove_prefix(size);
  return size;
}

absl::StatusOr<std::size_t> ByteSource::ReadExpanded(char* to, std::size_t most) {
  while (true) {
    if (held_.empty() && !at_end_ && !may_hold_more_) RETURN_IF_ERROR(Refill());
    const absl::StatusOr<Expander::Step> step = expander_->Expand(held_, to, most);
    if (!step.ok()) return Damaged(absl::StrFormat("is damaged: %s", step.status().message()));
    held_.remove_prefix(step->taken);
    compressed_ += step->taken;
    expanded_ += step->made;
    may_hold_more_ = step->made == most;
    RETURN_IF_ERROR(CheckExpansion());
    if (step->made > 0) return step->made;
    if (held_.empty() && at_end_) {
      if (expander_->AtBoundary()) return 0;
      return Damaged("is cut short: it ends in the middle of the compressed data");
    }
  }
}

// A few small messages may well repeat each other a thousand times, and do no harm.
absl::Status ByteSource::CheckExpansion() const {
  if (expanded_ > limits_.expanded_bytes) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: expanded to more than %d bytes %s: split it into several files", file_, limits_.expanded_bytes, Where()));
  }
  if (expanded_ > limits_.expansion_free_bytes && expanded_ / limits_.expansion_ratio > compressed_) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s: expands more than %d times %s, as no traffic does: a decompression bomb? Look at what it holds; if it is "
        "genuine, expand it first and give the plain file",
        file_, limits_.expansion_ratio, Where()));
  }
  return absl::OkStatus();
}

std::string ByteSource::Where() const {
  return absl::StrFormat("(%s, %d compressed bytes read, %d bytes expanded)", std::string(NameOf(compression_)),
                         compressed_, expanded_);
}

absl::Status ByteSource::Damaged(std::string_view problem) const {
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s: %s %s. Fetch or compress it again, and run it again: what was taken in before has no second effect", file_,
      std::string(problem), Where()));
}

}  // namespace landfall
