#pragma once

// A watch list that changes while others search it.

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/match/watch_index.h"

namespace landfall {

// Every method may be called from any thread. A search pins the list as it is and is not disturbed by later changes: its
// answer belongs to one version. Changes are made one after the other, and seen by whoever pins after they return.
class LiveWatchList {
 public:
  explicit LiveWatchList(WatchIndex index) : index_(std::make_shared<const WatchIndex>(std::move(index))) {}

  // Valid as long as it is held.
  std::shared_ptr<const WatchIndex> Pin() const {
    const std::lock_guard lock(pointer_mutex_);
    return index_;
  }

  // In place of the whole list.
  void Replace(WatchIndex index) {
    const std::lock_guard change(change_mutex_);
    Publish(std::make_shared<const WatchIndex>(std::move(index)));
  }
  // As WatchIndex::With.
  void Change(std::vector<WatchEntry> put, const std::vector<std::string>& removed = {}) {
    const std::lock_guard change(change_mutex_);
    Publish(std::make_shared<const WatchIndex>(Pin()->With(std::move(put), removed)));
  }

 private:
  void Publish(std::shared_ptr<const WatchIndex> index) {
    {
      const std::lock_guard lock(pointer_mutex_);
      index_.swap(index);
    }
    // The list before is let go here, outside the lock: that may take long.
  }

  mutable std::mutex pointer_mutex_;  // Held for the time of copying a pointer.
  std::mutex change_mutex_;
  std::shared_ptr<const WatchIndex> index_;
};

}  // namespace landfall
