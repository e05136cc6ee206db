#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace landfall {

// The nickname groups a token stands in, ascending: the lines of nicknames.txt, counted from 0. Empty for most. Two tokens
// match if they share one. Valid for ever; any thread.
std::span<const std::uint16_t> NicknameGroups(std::string_view token);
// No token of the table is longer.
std::size_t LongestNickname();

// True if the two ascending lists have a number in common.
bool ShareGroup(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b);

}  // namespace landfall
