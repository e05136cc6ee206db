#pragma once

// The quality of what carriers send: a table, JSON, CSV, and the letter to a carrier.

#include <map>
#include <string>
#include <string_view>

#include "pipeline/quality/quality.h"

namespace landfall::app {

std::string QualityTable(const std::map<std::string, CarrierQuality>& by_carrier);
std::string QualityCsv(const std::map<std::string, CarrierQuality>& by_carrier);
void AppendQualityJson(std::string_view carrier, const CarrierQuality& quality, std::string& out);

// What to mend and how, in plain English, with counts and examples. It holds no personal data: names of fields and ids
// of messages only, and of those none that look like anything else.
std::string QualityLetter(std::string_view carrier, const CarrierQuality& quality);

}  // namespace landfall::app
