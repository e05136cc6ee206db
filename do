#!/usr/bin/env bash
# Everything a newcomer needs, on a fresh Debian 12 with root or sudo:  ./do demo | test | bench | crash | fuzz | build | help
set -euo pipefail
cd "$(dirname "$0")"

PACKAGES=(g++ cmake ninja-build ccache pkg-config tzdata
  libabsl-dev libsimdjson-dev libtbb-dev librocksdb-dev libicu-dev libsodium-dev libtomlplusplus-dev
  zlib1g-dev libzstd-dev
  libgtest-dev libgmock-dev libbenchmark-dev)
# For the second build of ./do test, which looks for mistakes of memory and feeds the readers random bytes.
CHECK_PACKAGES=(clang libclang-rt-14-dev)
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

# What some tests compare with, from npm: they are skipped where it is not there.
peers() {
  command -v npm >/dev/null || { say "no npm: tests against npm packages are skipped"; return 0; }
  mkdir -p build/peers
  if cmp -s tests/peers/package.json build/peers/package.json && [ -d build/peers/node_modules ]; then return 0; fi
  cp tests/peers/package.json build/peers/
  npm install --prefix build/peers --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error >&2 ||
    { say "npm could not fetch: tests against npm packages are skipped"; rm -rf build/peers; }
}

# First with clang, AddressSanitizer and UndefinedBehaviorSanitizer, the fuzz targets for FUZZ_SECONDS each; then the
# release build, whose totals come last.
run_tests() {
  install "${PACKAGES[@]}" "${CHECK_PACKAGES[@]}"
  peers
  build asan fuzz_targets model_tests rules_tests storage_tests pipeline_tests
  ctest --preset asan -j2 -R '^(model|rules|storage|pipeline)_tests'
  tests/fuzz/run build/asan "${FUZZ_SECONDS:-60}"
  build release
  ctest --preset release -j2
}

# fuzz [SECONDS [TARGET...]]: else 900 seconds each.
fuzz() {
  local seconds=${1:-900}
  if ! [[ $seconds =~ ^[1-9][0-9]*$ ]]; then say "fuzz [SECONDS [TARGET...]]: SECONDS is a number"; exit 2; fi
  install "${PACKAGES[@]}" "${CHECK_PACKAGES[@]}"
  build asan fuzz_targets
  tests/fuzz/run build/asan "$seconds" "${@:2}"
}

bench() {
  install "${PACKAGES[@]}" "${BENCH_PACKAGES[@]}"
  build bench
  bench/run "$@"
}

# crash [N]: kills, power cuts (N of each, side by side), flipped bits (half as many) and failing calls; else 1,000.
# SEED=number repeats a run or tries another.
crash() {
  install "${PACKAGES[@]}"
  build release storage_tests
  local n=${1:-1000} tests=build/release/tests/storage_tests failed=0
  if ! [[ $n =~ ^[1-9][0-9]*$ ]]; then say "crash [N]: N is a number of cycles"; exit 2; fi
  export LANDFALL_CYCLES=$n
  if [ -n "${SEED:-}" ]; then export LANDFALL_SEED=$SEED; fi
  "$tests" --gtest_brief=1 --gtest_filter='*CrashLoopTest.*/Kill' &
  local kills=$!
  "$tests" --gtest_brief=1 --gtest_filter='*CrashLoopTest.*/PowerCut' || failed=1
  wait "$kills" || failed=1
  LANDFALL_CYCLES=$(((n + 1) / 2)) "$tests" --gtest_brief=1 \
    --gtest_filter='CrashControlTest.*:*CrashPointTest.*:*EveryFailureTest.*:DiskFullTest.*:BitRotTest.*' || failed=1
  return "$failed"
}

help() {
  cat <<'TEXT'
./do demo    install what is missing, build, screen the sample day, print the flagged flights
./do test    install what is missing, build, run every test: under sanitizers, on random bytes, then the release build
./do bench   build and run the benchmarks, print a table, write build/bench.json
./do crash   1,000 kills, 1,000 power cuts, 500 flipped bits, every failing call; ./do crash N: N, N, N/2
./do fuzz    each reader 15 minutes on random bytes, two at a time; ./do fuzz SECONDS [TARGET...]
./do build   install what is missing and build build/release/landfall
./do peers   fetch from npm what some tests compare with
./do setup   install what is missing
TEXT
}

case "${1:-help}" in
  demo) demo ;;
  test) run_tests ;;
  bench) shift; bench "$@" ;;
  fuzz) shift; fuzz "$@" ;;
  peers) peers ;;
  crash) shift; crash "$@" ;;
  build) install "${PACKAGES[@]}"; build release ;;
  setup) install "${PACKAGES[@]}" ;;
  help | --help | -h) help ;;
  *) say "unknown: $1"; help >&2; exit 2 ;;
esac
