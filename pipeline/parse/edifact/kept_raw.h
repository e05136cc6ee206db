#pragma once

#include <map>
#include <string>
#include <string_view>

namespace landfall::edifact {

// What is kept of an interchange of which something was set aside. PAXLST: all of it, byte by byte. Of PNRGOV the segments
// that are not read (fares, tickets, loyalty numbers, history), forms of payment, free text and service requests that the
// mission has no use for are blackened: each letter and digit becomes an X. Of what cannot be told apart, card numbers are
// masked. Lengths and line ends stay, so that offsets hold. `by_sender`
// as in ReadServiceString.
std::string KeptRaw(std::string_view interchange, const std::map<std::string, std::string>& by_sender);

}  // namespace landfall::edifact
