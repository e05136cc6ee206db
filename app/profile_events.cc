#include "app/profile_events.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"

namespace landfall::app {
namespace {

// DO NOT RENUMBER: on disk. No kind of record that can be imported.
constexpr auto kProfileEvents = static_cast<ReferenceKind>(200);

}  // namespace

absl::StatusOr<rules::ProfileLives> ReadProfileLives(const Database& database) {
  std::vector<rules::ProfileEvent> events;
  RETURN_IF_ERROR(database.ForEachReference(kProfileEvents, [&](std::string_view json) -> absl::Status {
    ASSIGN_OR_RETURN(rules::ProfileEvent event, rules::ReadEvent(json));
    events.push_back(std::move(event));
    return absl::OkStatus();
  }));
  rules::ProfileLives lives(std::move(events));
  for (std::size_t i = 0; i < lives.events().size(); ++i) {
    if (lives.events()[i].number != static_cast<std::int64_t>(i) + 1)
      return absl::DataLossError(absl::StrFormat("event %d of the profiles is missing in the store: restore a backup", i + 1));
  }
  return lives;
}

absl::Status StoreProfileEvent(Database& database, const rules::ProfileEvent& event) {
  StoreBatch batch;
  batch.PutReference(kProfileEvents, absl::StrFormat("%d", event.number), rules::EventJson(event));
  return database.Commit(batch);
}

}  // namespace landfall::app
