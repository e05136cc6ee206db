#!/usr/bin/env bash
# Everything a newcomer needs, on a fresh Debian 12 with root or sudo:  ./do demo | test | bench | build | help
set -euo pipefail
cd "$(dirname "$0")"

PACKAGES=(g++ cmake ninja-build ccache pkg-config tzdata
  libabsl-dev libsimdjson-dev libtbb-dev librocksdb-dev libicu-dev libsodium-dev libtomlplusplus-dev
  zlib1g-dev libzstd-dev
  libgtest-dev libgmock-dev libbenchmark-dev)
BENCH_PACKAGES=(python3)

say() { printf '%s\n' "$*" >&2; }

# Installs what is missing of the named packages; quick when nothing is.
install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return; fi
  local sudo=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || { say "run as root, or install sudo, to install: ${missing[*]}"; exit 1; }
    sudo=(sudo)
  fi
  say "installing: ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET [TARGET...]: configures once, then builds.
build() {
  local preset=$1
  shift
  cmake --preset "$preset" >"/tmp/landfall-configure.$$" 2>&1 || { cat "/tmp/landfall-configure.$$" >&2; exit 1; }
  rm -f "/tmp/landfall-configure.$$"
  if (($#)); then cmake --build --preset "$preset" --target "$@"; else cmake --build --preset "$preset"; fi >&2
}

# Runs landfall; records that were quarantined (exit status 3) are no failure here: the samples hold some on purpose.
landfall() {
  local status=0
  build/release/landfall "$@" || status=$?
  if ((status != 0 && status != 3)); then return "$status"; fi
}

demo() {
  install "${PACKAGES[@]}"
  build release landfall
  local data
  data=$(mktemp -d)
  trap "rm -rf '$data'" EXIT
  local day=samples/day kind
  landfall import vignettes samples/hand/records/vignettes.ndjson --data "$data" 2>/dev/null
  for kind in vignettes watchlist sponsors schedule groups institutions addresses checks consents care_register campaigns; do
    if [ -s "$day/$kind.ndjson" ]; then landfall import "$kind" "$day/$kind.ndjson" --data "$data" 2>/dev/null; fi
  done
  landfall screen --data "$data" --config samples/landfall.toml "$day"/messages/* samples/hand/*.edi samples/hand/*.ndjson
}

# The release build, and the unit tests again under AddressSanitizer and UndefinedBehaviorSanitizer.
run_tests() {
  install "${PACKAGES[@]}"
  build release
  ctest --preset release -j2
  build asan
  ctest --preset asan -j2
}

bench() {
  install "${PACKAGES[@]}" "${BENCH_PACKAGES[@]}"
  build bench
  bench/run "$@"
}

help() {
  cat <<'TEXT'
./do demo    install what is missing, build, screen the sample day, print the flagged flights
./do test    install what is missing, build, run every test (release, then again under AddressSanitizer)
./do bench   build and run the benchmarks, print a table, write build/bench.json
./do build   install what is missing and build build/release/landfall
./do setup   install what is missing
TEXT
}

case "${1:-help}" in
  demo) demo ;;
  test) run_tests ;;
  bench) shift; bench "$@" ;;
  build) install "${PACKAGES[@]}"; build release ;;
  setup) install "${PACKAGES[@]}" ;;
  help | --help | -h) help ;;
  *) say "unknown: $1"; help >&2; exit 2 ;;
esac
