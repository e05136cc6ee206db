#pragma once

// Compressed files for tests.

#include <zlib.h>
#include <zstd.h>

#include <cassert>
#include <string>
#include <string_view>

namespace landfall::testing_support {

// One gzip member.
inline std::string Gzip(std::string_view text) {
  z_stream stream{};
  [[maybe_unused]] int result = ::deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  assert(result == Z_OK);
  std::string out(::deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  result = ::deflate(&stream, Z_FINISH);
  assert(result == Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  ::deflateEnd(&stream);
  return out;
}

// One zstd frame, with a checksum. `window_log` 0: that of the level.
inline std::string Zstd(std::string_view text, int window_log = 0) {
  ZSTD_CCtx* const context = ::ZSTD_createCCtx();
  ::ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  if (window_log > 0) {
    ::ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
    ::ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  }
  std::string out(::ZSTD_compressBound(text.size()) + 64, '\0');
  ZSTD_inBuffer in{text.data(), text.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  // Streamed, so that the size is not known at the beginning and the window stays as asked for.
  while (::ZSTD_compressStream2(context, &to, &in, ZSTD_e_continue), in.pos < in.size) {
  }
  while (::ZSTD_compressStream2(context, &to, &in, ZSTD_e_end) != 0) {
  }
  out.resize(to.pos);
  ::ZSTD_freeCCtx(context);
  return out;
}

}  // namespace landfall::testing_support
