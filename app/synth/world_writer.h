#pragma once

// Writes a synthetic world to a folder, in the order in which a carrier would send it.

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "app/synth/world.h"

namespace landfall::app {

struct WrittenWorld {
  std::uint64_t flights = 0;
  std::uint64_t messages = 0;
  std::uint64_t travellers = 0;  // Each once, however many messages tell of it.
  std::uint64_t bytes = 0;
};

// Makes the folder if need be and replaces the files in it:
//   messages/CARRIER.ndjson, CARRIER.edi, CARRIER-bookings.ndjson
//   vignettes.ndjson and so on, one for each kind of reference record
//   visa_requirements.csv, landfall.toml, truth.ndjson
// Holds the flights that are about to depart, and no more, however long the world is.
absl::StatusOr<WrittenWorld> WriteWorld(const World& world, const std::string& folder);

}  // namespace landfall::app
