#pragma once

#include <string>
#include <vector>

namespace landfall::app {

// Appends a JSON list; append(item, out) appends each.
template <typename T, typename Append>
void AppendList(const std::vector<T>& list, std::string& out, Append append) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    append(list[i], out);
  }
  out += ']';
}

}  // namespace landfall::app
