#include "pipeline/reference/load.h"

#include <string>

#include "absl/strings/str_format.h"
#include "model/result.h"

namespace landfall {
namespace {

absl::Status LoadKind(const Database& database, ReferenceKind kind, ReferenceSnapshot& snapshot) {
  return database.ForEachReference(kind, [&](std::string_view json) {
    const std::optional<QuarantinedRecord> refused = snapshot.Add(kind, json);
    if (!refused) return absl::OkStatus();
    return absl::DataLossError(absl::StrFormat("a stored record of kind %s does not read (%s): import its file again",
                                               std::string(ToText(kind)), refused->reason));
  });
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ReferenceSnapshot>> LoadReferences(const Database& database) {
  auto snapshot = std::make_shared<ReferenceSnapshot>();
  for (std::size_t i = 0; i < std::size(EnumText<ReferenceKind>::kWords); ++i) {
    RETURN_IF_ERROR(LoadKind(database, static_cast<ReferenceKind>(i), *snapshot));
  }
  snapshot->Build();  // Each flight compares with its own day: one with a wrong year changes no other.
  return snapshot;
}

}  // namespace landfall
