"""What following a training costs: pairs of `thalweg train`, one plain and one followed, in turns.

    python tools/bench/following.py KIND PAIRS ./thalweg

KIND is one of
  figures      a progress line and --metrics FILE.jsonl, against --quiet
  watch        --watch with a page that reads its events, against --quiet
  checkpoints  --checkpoint-every 2s, against --quiet; its share at 30 s is a fifteenth

Prints the samples a second of each, the loss of throughput of each pair, and their median.
"""

import json
import re
import subprocess
import sys
import tempfile
import threading
import urllib.request

kind, pairs, *command = sys.argv[1:]
base = ["train", "digits", "--model", "cnn(32, 64)", "--epochs", "30", "--test", "0.1", "--threads", "1", "--format", "json"]


def read(address):
    try:
        with urllib.request.urlopen(address + "events") as events:
            for _ in events:
                pass
    except OSError:
        pass


def run(followed):
    with tempfile.TemporaryDirectory() as folder:
        more = {
            "figures": ["--metrics", folder + "/m.jsonl"],
            "watch": ["--quiet", "--watch"],
            "checkpoints": ["--quiet", "--checkpoint-every", "2s"],
        }[kind]
        process = subprocess.Popen(
            [*command, *base, "--out", folder + "/run", *(more if followed else ["--quiet"])],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

        def follow():
            for line in process.stderr:
                found = re.search(r"http://127\S+/", line)
                if found:
                    threading.Thread(target=read, args=(found.group(0),), daemon=True).start()

        watcher = threading.Thread(target=follow)
        watcher.start()
        out = process.stdout.read()
        process.wait()
        watcher.join()
        return json.loads(out)["samples_per_second"]


run(False)
shares = []
for i in range(int(pairs)):
    rates = {}
    for followed in ((False, True) if i % 2 == 0 else (True, False)):
        rates[followed] = run(followed)
    shares.append(1 - rates[True] / rates[False])
    print(f"plain {rates[False]:,.0f}  followed {rates[True]:,.0f}  {100 * shares[-1]:+.2f} %", flush=True)
shares.sort()
n = len(shares)
median = (shares[(n - 1) // 2] + shares[n // 2]) / 2
print(f"{kind}: median of {n} pairs {100 * median:+.2f} %")
