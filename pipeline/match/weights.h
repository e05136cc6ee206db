#pragma once

// What each kind of evidence is worth when a person is compared with a watch entry, in decibans: 10 says "ten times as
// likely if they are one person". Set by hand, from the orders of magnitude given beside each; a site's own outcomes will
// correct them. The thresholds they are made for are 20 (review) and 40 (strong).

#include <cstdint>

namespace landfall::weights {

// ---- Names: what aligned tokens have in common, times their rarity; less for each letter that differs.

// Two tokens or more agree.
inline constexpr double kName = 8;
// For each factor of ten by which a token is rarer than one: AHMED (one in a hundred) 2.8, one in a hundred thousand 7. An
// independent token would be worth 10; tokens of one name come together, and a list is searched for the best of its names.
inline constexpr double kRarity = 1.4;
// Nothing is taken for rarer than this share of people: lists and tables do not know better.
inline constexpr double kRarestShare = 1e-5;
// An initial agrees by chance once in twenty-six.
inline constexpr double kInitialRarity = 1.4;
// The third and further tokens tell less: they go with the first two. Each counts this much of the one before.
inline constexpr double kFurtherToken = 0.3;
// One token alone (a mononym) says little: with a birth date it is for review, not more.
inline constexpr double kMononym = 0.9;
// Two names given to be compared (`match --pairs`) are one person as often as not; of those in a list of a few thousand
// that a name is searched in, one at most is. So that 20 is the best threshold on the labelled pairs (docs/MATCHING.md).
inline constexpr double kOneToOne = 33;

// How alike two tokens are, from 0 to 1: 1 says the same, else the part of the longer one that stands in the same order; at
// least this much for a reason.
inline constexpr double kSameSkeleton = 0.85;  // The consonants alone; more in the measure in which the vowels agree.
inline constexpr double kNickname = 0.9;
inline constexpr double kBeginning = 0.9;  // Of a name that was cut.
inline constexpr double kInitial = 0.95;
inline constexpr double kJoined = 0.97;  // Run together on one side.
// Tokens less alike than this are two tokens.
inline constexpr double kUnlike = 0.6;

// For a letter that differs; two cost nearly three times as much, since errors come alone.
inline constexpr double kLetter = -5;
inline constexpr double kLetterPower = 1.5;
// The worst aligned token, times what it lacks of 1: a name is as good as its worst part.
inline constexpr double kWorstToken = -25;
// A token that one side has more: patronymics and second given names come and go.
inline constexpr double kExtraToken = -4;
// The same tokens, neither in the same order nor with the last ones first: A son of B, and B son of A.
inline constexpr double kOtherOrder = -7;
// Surname and given names change places.
inline constexpr double kSwapped = -1;
// The number agrees, the name does not: documents are borrowed, and names misspelt.
inline constexpr std::int32_t kNameDiffers = -4;

// ---- Birth dates. A day agrees by chance in 1 of 20,000 or so among adults.

inline constexpr std::int32_t kWholeDate = 32;
// 1 January stands for "not known" in many registers.
inline constexpr std::int32_t kFirstOfJanuary = 13;
inline constexpr std::int32_t kYearAndMonth = 15;
inline constexpr std::int32_t kYear = 12;
// A year more or less of a date that is itself stated as about right.
inline constexpr std::int32_t kCirca = 10;
// Anywhere in a range of years.
inline constexpr std::int32_t kNarrowRange = 9;  // At most three years.
inline constexpr std::int32_t kWideRange = 5;
// Errors of writing: one in a hundred dates or so has one, and few other dates look like it.
inline constexpr std::int32_t kSwappedDayAndMonth = 14;
inline constexpr std::int32_t kOtherYearSameDay = 10;
inline constexpr std::int32_t kOtherDaySameMonth = 3;   // One digit of the day.
inline constexpr std::int32_t kOtherMonthSameDay = 2;
// Near, and no error that one would make: against.
inline constexpr std::int32_t kSameYearOtherDay = -14;
inline constexpr std::int32_t kNextYear = -16;
inline constexpr std::int32_t kNextYearOfPartial = -6;

// ---- Documents. A number with its issuer is all but unique; without an issuer, numbers repeat across issuers.

inline constexpr std::int32_t kNumberAndIssuer = 60;
inline constexpr std::int32_t kNumberOnly = 48;
// One character is another that looks like it: neighbours in a series of numbers do so, too.
inline constexpr std::int32_t kConfusableNumber = 30;
// Numbers of up to four characters, such as running numbers of old papers, agree by chance.
inline constexpr std::int32_t kShortNumber = 15;

// ---- What many people share. Never evidence by itself: added only to a name or a number that agrees.

inline constexpr std::int32_t kSameSex = 1;
// Wrong in about one record in a hundred.
inline constexpr std::int32_t kOtherSex = -17;
inline constexpr std::int32_t kSameNationality = 2;
// People have more than one nationality, and lists know few of them.
inline constexpr std::int32_t kOtherNationality = -2;
inline constexpr std::int32_t kSamePhone = 20;
inline constexpr std::int32_t kSameAddress = 10;

// The best two-token name, and the best there is in practice.
inline constexpr double kTwoRareTokens = kName + 2 * 5 * kRarity;
inline constexpr double kThreeRareTokens = kTwoRareTokens + 5 * kRarity * kFurtherToken;

static_assert(kThreeRareTokens < 30, "a name alone is never strong");
static_assert(kName + 2 * 2 * kRarity + kWholeDate + kOtherNationality >= 40, "a common name and whole birth date are strong");
static_assert(kThreeRareTokens + kYear + kSameSex + kSameNationality < 40, "name and year are for review, not more");
static_assert(kNumberOnly + kNameDiffers + kOtherNationality >= 40, "a number is strong by itself");
static_assert(5 * kMononym + kWholeDate < 40, "a mononym and birth date are for review, not more");

}  // namespace landfall::weights
