#pragma once

// What each kind of evidence is worth when a person is compared with a watch entry, in decibans: 10 says "ten times as
// likely if they are one person". Set by hand, from the orders of magnitude given beside each; a site's own outcomes will
// correct them. The thresholds they are made for are 20 (review) and 40 (strong).

#include <cstdint>

namespace landfall::weights {

// Names. Folded full names that are equal: about 1 in 20 to 1 in 60 of those compared by chance, once the list is
// searched for the best of its names. Alone it stays below review: name-only alerting cannot be precise.
inline constexpr std::int32_t kName = 12;
// More for names whose tokens are rare in the list: up to this much, so that a name alone still stays below review.
inline constexpr std::int32_t kRareNameMost = 5;
// One name alone (a mononym or a nickname) says little: with a birth date it is for review, not more.
inline constexpr std::int32_t kMononym = 6;
// The number agrees, the name does not: documents are borrowed, and names misspelt.
inline constexpr std::int32_t kNameDiffers = -4;

// Birth dates. A day agrees by chance in 1 of 20,000 or so among adults.
inline constexpr std::int32_t kWholeDate = 32;
// 1 January stands for "not known" in many registers.
inline constexpr std::int32_t kFirstOfJanuary = 20;
inline constexpr std::int32_t kYearAndMonth = 20;
inline constexpr std::int32_t kYear = 13;
// A year more or less of a date that is itself stated as about right.
inline constexpr std::int32_t kCirca = 10;
// Anywhere in a range of years.
inline constexpr std::int32_t kNarrowRange = 9;  // At most three years.
inline constexpr std::int32_t kWideRange = 5;

// Documents. A number with its issuer is all but unique; without an issuer, numbers repeat across issuers.
inline constexpr std::int32_t kNumberAndIssuer = 60;
inline constexpr std::int32_t kNumberOnly = 48;
// Numbers of up to four characters, such as running numbers of old papers, agree by chance.
inline constexpr std::int32_t kShortNumber = 15;

// What many people share. Never evidence by itself: added only to a name or a number that agrees.
inline constexpr std::int32_t kSameSex = 1;
inline constexpr std::int32_t kOtherSex = -12;
inline constexpr std::int32_t kSameNationality = 2;
// People have more than one nationality, and lists know few of them.
inline constexpr std::int32_t kOtherNationality = -2;

static_assert(kName + kRareNameMost < 20, "a name alone is no candidate for review");
static_assert(kName + kWholeDate + kOtherNationality >= 40, "name and whole birth date are strong");
static_assert(kName + kYear >= 20 && kName + kRareNameMost + kYear + kSameSex + kSameNationality < 40,
              "name and year are for review, not more");
static_assert(kNumberOnly + kNameDiffers + kOtherNationality >= 40, "a number is strong by itself");

}  // namespace landfall::weights
