#pragma once

#include <memory>

#include "model/traveller.h"

namespace landfall {

// One traveller from what API and the booking say of it: API's values, completed by those of the booking. Services,
// contacts and documents are those of both. Either may be null, not both; one alone is returned as it is.
std::shared_ptr<const Traveller> CombineTraveller(const std::shared_ptr<const Traveller>& api,
                                                  const std::shared_ptr<const Traveller>& booking);

}  // namespace landfall
