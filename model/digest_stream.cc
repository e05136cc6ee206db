#include "model/digest_stream.h"

#include <sodium.h>

namespace landfall {

struct Blake2b128Stream::State {
  crypto_generichash_state hash;
};

Blake2b128Stream::Blake2b128Stream() : state_(std::make_unique<State>()) {
  crypto_generichash_init(&state_->hash, nullptr, 0, sizeof(Digest128));
}
Blake2b128Stream::~Blake2b128Stream() = default;

void Blake2b128Stream::Add(std::string_view bytes) {
  crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Digest128 Blake2b128Stream::Finish() {
  Digest128 digest;
  crypto_generichash_final(&state_->hash, digest.data(), digest.size());
  return digest;
}

}  // namespace landfall
