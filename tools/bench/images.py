#!/usr/bin/env python3
"""`thalweg train fashion-mnist --model cnn` in PyTorch: the same model, rows, optimizer and evaluation, batches of its DataLoader.

usage: tools/bench/images.py FOLDER [--epochs 10] [--threads 2] [--batch 32] [--seed 0]

FOLDER holds the four files of Fashion-MNIST (`/usr/share/datasets/fashion-mnist` where Debian has installed them). cnn is
two convolutions of 32 and 64 with relu and a maximum of 2x2 behind each, dropout 0.5, dense layers of 128 and 10; AdamW(fused=True) at 1e-3 along
a cosine, weight decay 0.05. Prints the loss of each epoch, the accuracy on the test part, and the seconds of all with its
imports. Needs PyTorch (2.15 was measured): a tool, and nothing that the project depends on.
"""
import argparse
import gzip
import math
import pathlib
import time

START = time.perf_counter()

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402


def numbers(folder, name, header):
    raw = gzip.decompress((folder / f"{name}-ubyte.gz").read_bytes())
    return torch.frombuffer(bytearray(raw[header:]), dtype=torch.uint8)


def part(folder, name):
    images = numbers(folder, f"{name}-images-idx3", 16).view(-1, 1, 28, 28)
    return images.float() / 255, numbers(folder, f"{name}-labels-idx1", 8).long()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--epochs", type=int, default=10)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--batch", type=int, default=32)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    (x, y), (test_x, test_y) = part(given.folder, "train"), part(given.folder, "t10k")
    mean, deviation = x.mean(), x.std()
    rows = torch.utils.data.TensorDataset((x - mean) / deviation, y)
    loader = torch.utils.data.DataLoader(rows, given.batch, shuffle=True)
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10),
    )
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=0.05, fused=True)
    steps, step = given.epochs * len(loader), 0
    for epoch in range(given.epochs):
        network.train()
        total = 0.0
        for bx, by in loader:
            optimizer.param_groups[0]["lr"] = 1e-3 * (0.5 + 0.5 * math.cos(math.pi * step / steps))
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(network(bx), by)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(by)
            step += 1
        print(f"epoch {epoch + 1}: loss {total / len(rows):.4f}, {time.perf_counter() - START:.0f} s", flush=True)
    network.eval()
    with torch.no_grad():
        logits = torch.cat([network(b) for b in ((test_x - mean) / deviation).split(1000)])
    right = (logits.argmax(1) == test_y).float().mean().item()
    print(f"test: accuracy {right:.4f}, {time.perf_counter() - START:.1f} s in all")


if __name__ == "__main__":
    main()
