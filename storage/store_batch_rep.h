#pragma once

// The inside of a StoreBatch: for store_batch.cc, which fills it, and database.cc, which writes it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/digest.h"
#include "storage/column_family.h"
#include "storage/database.h"

namespace landfall {

// Rows wait here rather than in a RocksDB batch, since the hash of a key needs the store's own key, which only the
// database has.
struct BatchRows {
  // `plain`, then `hashed`, then the value stand one after the other in `bytes`. The row's key is `plain`, followed by
  // the keyed hash of `hashed` if there is any of it.
  struct Row {
    ColumnFamily family;
    std::size_t plain = 0;
    std::size_t hashed = 0;
    std::size_t value = 0;
    bool is_deletion = false;  // Takes the row away; there is no value.
  };

  std::string bytes;
  std::vector<Row> rows;
  std::vector<Digest128> contents;  // Of the messages taken in, in order.
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
};

struct StoreBatch::Rep : BatchRows {};

}  // namespace landfall
