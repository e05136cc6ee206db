#include "pipeline/parse/expander.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace landfall {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";
constexpr std::string_view kSkippableMagicRest = "\x2a\x4d\x18";  // Behind a first byte from 50 to 5f.
constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr int kZstdWindowLog = 23;

// How the first bytes and a mark compare: all of the mark, its beginning, or neither.
SniffedCompression Compare(std::string_view head, std::string_view magic, Compression compression) {
  if (head.starts_with(magic)) return {compression, false};
  return {Compression::kNone, magic.starts_with(head)};
}

class GzipExpander final : public Expander {
 public:
  GzipExpander() { ready_ = ::inflateInit2(&stream_, kGzipOnly) == Z_OK; }
  ~GzipExpander() override {
    if (ready_) ::inflateEnd(&stream_);
  }
  bool ready() const { return ready_; }
  bool AtBoundary() const override { return at_boundary_; }

  absl::StatusOr<Step> Expand(std::string_view in, char* out, std::size_t most) override {
    Step step;
    if (at_boundary_) {
      // Tapes and some transfers fill a file up with zeros behind its last member.
      if (members_ > 0) step.taken = std::min(in.find_first_not_of('\0'), in.size());
      in.remove_prefix(step.taken);
      if (in.empty()) return step;
      ::inflateReset(&stream_);
      at_boundary_ = false;
    }
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(most);
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    step.taken += in.size() - stream_.avail_in;
    step.made = most - stream_.avail_out;
    if (result == Z_STREAM_END) {
      at_boundary_ = true;
      ++members_;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return absl::InvalidArgumentError(stream_.msg != nullptr ? stream_.msg : "not gzip");
    }
    return step;
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
  bool at_boundary_ = true;
  std::size_t members_ = 0;
};

class ZstdExpander final : public Expander {
 public:
  ZstdExpander() : stream_(::ZSTD_createDCtx()) {
    if (stream_ != nullptr) ::ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kZstdWindowLog);
  }
  ~ZstdExpander() override { ::ZSTD_freeDCtx(stream_); }
  bool ready() const { return stream_ != nullptr; }
  bool AtBoundary() const override { return at_boundary_; }

  absl::StatusOr<Step> Expand(std::string_view in, char* out, std::size_t most) override {
    if (at_boundary_ && in.empty()) return Step{};
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out, most, 0};
    const std::size_t left = ::ZSTD_decompressStream(stream_, &to, &from);
    if (::ZSTD_isError(left)) {
      if (::ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge) {
        return absl::InvalidArgumentError(
            "it needs a window over 8 MiB: compress at level 19 or below, without --long");
      }
      return absl::InvalidArgumentError(::ZSTD_getErrorName(left));
    }
    at_boundary_ = left == 0;
    return Step{from.pos, to.pos};
  }

 private:
  ZSTD_DCtx* stream_;
  bool at_boundary_ = true;
};

template <typename E>
absl::StatusOr<std::unique_ptr<Expander>> Make() {
  auto expander = std::make_unique<E>();
  if (!expander->ready()) return absl::ResourceExhaustedError("no memory to expand compressed input");
  return expander;
}

}  // namespace

SniffedCompression SniffCompression(std::string_view head) {
  const SniffedCompression gzip = Compare(head, kGzipMagic, Compression::kGzip);
  if (gzip.compression != Compression::kNone || gzip.needs_more) return gzip;
  // A parallel compressor begins with a frame to be skipped.
  const bool may_skip = (static_cast<unsigned char>(head[0]) & 0xf0) == 0x50;
  return may_skip ? Compare(head.substr(1), kSkippableMagicRest, Compression::kZstd)
                  : Compare(head, kZstdMagic, Compression::kZstd);
}

std::string_view NameOf(Compression compression) {
  switch (compression) {
    case Compression::kGzip:
      return "gzip";
    case Compression::kZstd:
      return "zstd";
    case Compression::kNone:
      break;
  }
  return "no";
}

absl::StatusOr<std::unique_ptr<Expander>> MakeExpander(Compression compression) {
  assert(compression != Compression::kNone);
  return compression == Compression::kGzip ? Make<GzipExpander>() : Make<ZstdExpander>();
}

}  // namespace landfall
