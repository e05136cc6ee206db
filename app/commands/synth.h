#pragma once

#include <span>
#include <string>

namespace landfall::app {

// landfall synth --seed N --days D --flights F --out DIR [--travellers-per-flight N]: writes a synthetic world.
int RunSynth(std::span<const std::string> arguments);

}  // namespace landfall::app
