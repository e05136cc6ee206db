#pragma once

#include <string>
#include <vector>

#include "model/screening.h"

namespace landfall::app {

// A flag as one line of NDJSON, without the line end, in the shape of docs/NDJSON.md, "What comes out".
void AppendFlagJson(const FlightFlag& flag, std::string& out);
// The terms of a hit as they stand there.
void AppendTermsJson(const std::vector<Term>& terms, std::string& out);
// One row of CSV (RFC 4180) and its header: flag, flight, route, dates, suggestion, points, rules.
std::string FlagCsvHeader();
void AppendFlagCsv(const FlightFlag& flag, std::string& out);

}  // namespace landfall::app
