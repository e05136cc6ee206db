"""How long one message waits until it is acknowledged as on disk, while others come at a steady rate.

usage: bench/ack.py LANDFALL WORLD RATE SECONDS     (WORLD as `landfall synth` writes it; RATE in messages a second)

Sends messages one by one down a pipe to `landfall screen -`, and notes when standard error first says that as many are on
disk. Prints one line: sent, rate, and the latency's p50, p99 and maximum in milliseconds.
"""
import glob
import re
import subprocess
import sys
import tempfile
import threading
import time

landfall, world, rate, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
lines = []
for name in sorted(glob.glob(world + "/messages/*.ndjson")):
    with open(name, "rb") as file:
        lines += [line for line in file if line.strip()]
lines = lines[: int(rate * seconds)]

with tempfile.TemporaryDirectory() as store:
    for kind in ("vignettes", "watchlist", "sponsors"):
        subprocess.run([landfall, "import", kind, f"{world}/{kind}.ndjson", "--data", store],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    process = subprocess.Popen([landfall, "screen", "--data", store, "--config", world + "/landfall.toml", "--format", "csv",
                                "--progress-ms", "0", "-"],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0)
    sent = []
    acknowledged = []

    def watch():
        done = 0
        for line in process.stderr:
            now = time.perf_counter()
            found = re.match(rb"on disk: (\d+) messages", line)
            if not found:
                continue
            for i in range(done, int(found[1])):
                acknowledged.append(now - sent[i])
            done = max(done, int(found[1]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    time.sleep(1.0)  # Until the store is open.
    start = time.perf_counter()
    for i, line in enumerate(lines):
        due = start + i / rate
        while (left := due - time.perf_counter()) > 0:
            time.sleep(left)
        sent.append(time.perf_counter())
        process.stdin.write(line)
    took = time.perf_counter() - start
    process.stdin.close()
    watcher.join()
    process.wait()

if len(acknowledged) != len(lines):
    sys.exit(f"{len(lines)} sent, but {len(acknowledged)} acknowledged")
ordered = sorted(acknowledged)
print(f"{len(lines)} messages at {len(lines) / took:.0f}/s: acknowledged after p50 {ordered[len(ordered) // 2] * 1e3:.1f} ms, "
      f"p99 {ordered[int(len(ordered) * 0.99)] * 1e3:.1f} ms, max {ordered[-1] * 1e3:.1f} ms")
