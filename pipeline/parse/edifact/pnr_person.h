#pragma once

// One person of a booking, told of by several texts. Pure; any thread.

#include <string>
#include <utility>

#include "model/traveller.h"

namespace landfall::edifact {

// What was known stays; only what was not is taken.
template <typename T>
void Complete(T& value, T other) {
  if (!value) value = std::move(other);
}
inline void CompleteText(std::string& value, const std::string& other) {
  if (value.empty()) value = other;
}
void CompletePerson(Traveller& known, Traveller told);

// No text of a service request keeps a card number. Document numbers stay: some countries' pass for a card's.
void MaskTexts(Traveller& traveller);

}  // namespace landfall::edifact
