#include <algorithm>
#include <utility>

#include "pipeline/parse/mrz/mrz.h"

namespace landfall {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Far more than a zone's line with blanks around it.
constexpr std::size_t kKeptBytes = 256;
// One more than a zone has.
constexpr std::size_t kKeptLines = 4;

MrzBlock::Line Trimmed(std::string_view text, std::uint64_t size) {
  // Of a line that was cut nothing is known about its end; it is refused for its size.
  if (size > text.size()) return {std::string(text), size, 0};
  const std::size_t indent = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(indent);
  text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
  return {std::string(text), text.size(), indent};
}

}  // namespace

void MrzBlocks::AddText(std::string_view text) {
  text_ += text.substr(0, kKeptBytes - std::min(kKeptBytes, text_.size()));
  size_ += text.size();
  offset_ += text.size();
  is_blank_ &= text.find_first_not_of(kBlanks) == std::string_view::npos;
}

void MrzBlocks::EndBlock(std::vector<MrzBlock>& blocks) {
  if (block_.line_count > 0) blocks.push_back(std::move(block_));
  block_ = {};
}

void MrzBlocks::EndLine(std::vector<MrzBlock>& blocks) {
  if (line_ == 1 && text_.starts_with(kByteOrderMark)) {
    text_.erase(0, kByteOrderMark.size());
    size_ -= kByteOrderMark.size();
    is_blank_ = size_ == text_.size() && text_.find_first_not_of(kBlanks) == std::string::npos;
  }
  if (is_blank_) {
    EndBlock(blocks);
  } else {
    if (block_.line_count++ == 0) {
      block_.offset = line_offset_;
      block_.line = line_;
    }
    if (block_.lines.size() < kKeptLines) block_.lines.push_back(Trimmed(text_, size_));
  }
  text_.clear();
  size_ = 0;
  is_blank_ = true;
  line_offset_ = offset_;
  ++line_;
}

void MrzBlocks::Add(std::string_view bytes, std::vector<MrzBlock>& blocks) {
  while (!bytes.empty()) {
    if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      line_offset_ = ++offset_;
      continue;
    }
    const std::size_t end = bytes.find_first_of("\r\n");
    AddText(bytes.substr(0, end));
    if (end == std::string_view::npos) return;
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    ++offset_;
    EndLine(blocks);
  }
}

void MrzBlocks::End(std::vector<MrzBlock>& blocks) {
  if (size_ > 0) EndLine(blocks);
  EndBlock(blocks);
}

}  // namespace landfall
