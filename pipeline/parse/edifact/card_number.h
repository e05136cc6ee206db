#pragma once

// Payment cards: their numbers are never kept. What tells that two bookings were paid with one card is a keyed hash.

#include <optional>
#include <string>
#include <string_view>

#include "model/digest.h"

namespace landfall::edifact {

// The digits of the first number in the text that may be a card's: 13 to 19 digits whose Luhn sum is right, blanks, dashes,
// line ends and release characters between them. One that stands alone comes before one within other digits. nullopt if
// there is none.
std::optional<std::string> FindCardNumber(std::string_view text);
// Puts an X in place of each digit of every such number, also within longer runs of digits. True if there was one.
bool MaskCardNumbers(std::string& text);

// The account number of a form of payment: all its digits, if they are as many as a card has, right or wrong. nullopt for a
// number that was masked by the sender: many cards end alike.
std::optional<std::string> AccountNumber(std::string_view text);

// 32 hex digits: the same for the same digits under one key; without the key nobody can test a guess.
std::string PayerKey(const HashKey& key, std::string_view digits);

// A key drawn once for this run: keys of two runs cannot be compared.
const HashKey& KeyOfThisRun();

}  // namespace landfall::edifact
