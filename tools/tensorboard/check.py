"""Reads event files that Thalweg has written by TensorBoard's own reader, and compares.

    pip install tensorboard==2.21.0 safetensors numpy
    ./thalweg train digits --model 'cnn(4, 8)' --epochs 3 --seed 1 --out RUN --tensorboard LOGS --metrics METRICS.jsonl
    python tools/tensorboard/check.py LOGS METRICS.jsonl

Scalars are compared with the JSON lines of the same training, histograms with themselves, images are
decoded, and hyperparameters are read as the plugin reads them. Exits with 1 where something differs.
"""

import json
import struct
import sys
import zlib

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.plugins.hparams import plugin_data_pb2

logs, metrics = sys.argv[1:]
events = event_accumulator.EventAccumulator(
    logs, size_guidance={"scalars": 0, "histograms": 0, "images": 0}
)
events.Reload()
failures = []


def check(what, condition):
    print(("ok   " if condition else "FAIL ") + what)
    if not condition:
        failures.append(what)


def close(one, other):
    return abs(one - other) <= 1e-6 * max(1, abs(one))


lines = [json.loads(line) for line in open(metrics)]
steps = {line["step"]: line["loss"] for line in lines if line["event"] == "step"}
epochs = [line for line in lines if line["event"] == "epoch"]
written = events.Scalars("loss/step")
check(f"{len(written)} losses of steps", len(written) > 10 and all(close(steps[e.step], e.value) for e in written))
for tag, name in (("loss/training", "loss"), ("score/training", "score")):
    values = [(e.step, e.value) for e in events.Scalars(tag)]
    check(
        f"{len(values)} epochs: {tag}",
        len(values) == len(epochs)
        and all(s == line["step"] and close(line[name], v) for (s, v), line in zip(values, epochs)),
    )
check("the rate", all(e.value >= 0 for e in events.Scalars("rate/lr")))
tags = events.Tags()
check(f"{len(tags['scalars'])} scalars", {"norm of gradient/1.weight", "norm of update/1.weight"} <= set(tags["scalars"]))
for tag in tags["histograms"]:
    for e in events.Histograms(tag):
        h = e.histogram_value
        if abs(sum(h.bucket) - h.num) > 0 or h.bucket_limit[-1] < h.max or len(h.bucket) != len(h.bucket_limit):
            check(f"histogram {tag} at {e.step}", False)
check(f"{len(tags['histograms'])} histograms", len(tags["histograms"]) > 0)
for tag in tags["images"]:
    image = events.Images(tag)[-1]
    data = image.encoded_image_string
    width, height = struct.unpack(">II", data[16:24])
    length = struct.unpack(">I", data[33:37])[0]
    raw = zlib.decompress(data[41 : 41 + length])
    check(f"image {tag}, {width}x{height}", (width, height) == (image.width, image.height) and len(raw) == height * (width + 1))
check(f"{len(tags['images'])} images", len(tags["images"]) == 1)
plugin = events.PluginTagToContent("hparams")
start = plugin_data_pb2.HParamsPluginData.FromString(plugin["_hparams_/session_start_info"])
values = {k: v for k, v in start.session_start_info.hparams.items()}
check("hyperparameters", values["data"].string_value == "digits" and values["seed"].number_value == 1)
end = plugin_data_pb2.HParamsPluginData.FromString(plugin["_hparams_/session_end_info"])
check("the end of the session", end.session_end_info.status == 1)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
