#pragma once

// Random values of the model, every field filled through the visitors, so that a new field is covered when it is made.

#include <cstdint>
#include <random>
#include <string>

#include "model/finding.h"
#include "model/message.h"
#include "model/screening.h"

namespace landfall {

using RandomEngine = std::mt19937_64;

struct RandomMessageOptions {
  int max_travellers = 5;
  // Texts of letters and digits only, at least one; else also empty ones and any byte.
  bool plain_text = false;
};

// The message keeps no promise but that of its types: dates, codes and texts are anything. Its `message_id` is random.
Message RandomMessage(RandomEngine& random, const RandomMessageOptions& options = {});
FlightFlag RandomFlag(RandomEngine& random);
QuarantinedRecord RandomQuarantined(RandomEngine& random);

// A check-in message as carriers send them: `travellers` adults and children, each with a name, a document and a booking.
// All names and numbers are made up. Message `number` of a sender differs from all others in its id and content.
Message TypicalMessage(std::uint64_t number, int travellers);

}  // namespace landfall
