#!/usr/bin/env python3
"""`thalweg train moby-dick` in PyTorch: the same model, text, windows, optimizer and evaluation.

usage: tools/bench/language.py lstm|gpt [--epochs 12] [--threads 2] [--batch 32] [--lr 2e-3] [--tokens 128]

lstm is lstm(256, layers=2), gpt is gpt(layers=4, width=128, heads=4, context=128), both drawn as PyTorch draws them
unless `--like-ours` asks for the initializers of Thalweg. AdamW(fused=True, weight_decay=0.01), gradients clipped at norm 1,
a cosine with 100 steps of warm-up, windows of an epoch one behind the other from a place that is drawn. Prints the loss
of each epoch, tokens a second, and bits per character of the last fifth, by windows that overlap by half. Needs PyTorch
(2.15 was measured): a tool, and nothing that the project depends on.
"""
import argparse
import gzip
import math
import pathlib
import time

import torch
import torch.nn.functional as F
from torch import nn

from peers import Gpt

TEXT = "data/src/main/resources/dev/thalweg/data/moby-dick.txt.gz"


class Lstm(nn.Module):
    def __init__(self, tokens, units=256, layers=2):
        super().__init__()
        self.tokens, self.lstm = nn.Embedding(tokens, units), nn.LSTM(units, units, layers, batch_first=True)
        self.out = nn.Linear(units, tokens)

    def forward(self, x):
        return self.out(self.lstm(self.tokens(x))[0])


def as_ours(network):
    """Glorot's uniform weights, small embeddings and heads of a GPT, no biases but an LSTM's forget gates."""
    for name, p in network.named_parameters():
        if "norm" in name:
            continue
        if p.dim() == 1:
            nn.init.zeros_(p)
            if "bias_ih" in name:
                p.data[p.numel() // 4 : p.numel() // 2] = 1
        elif "weight_hh" in name:
            nn.init.orthogonal_(p)
        elif isinstance(network, Gpt) and name.split(".")[0] in ("tokens", "places", "out"):
            nn.init.normal_(p, 0, 0.02)
        elif name.startswith("tokens"):
            nn.init.normal_(p)
        else:
            nn.init.xavier_uniform_(p)


def judged(network, text, context):
    """Nats a token: each with half a window before it, where the text has that."""
    total, step = 0.0, context // 2
    with torch.no_grad():
        for start in range(0, max(1, len(text) - 1 - context + step), step):
            x, y = text[start : start + context], text[start + 1 : start + context + 1]
            known = 0 if start == 0 else context - step
            logits = network(x[None, : len(y)])[0]
            total += F.cross_entropy(logits[known:], y[known:], reduction="sum").item()
    return total / (len(text) - 1)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("model", choices=["lstm", "gpt"])
    options.add_argument("--epochs", type=int, default=12)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--batch", type=int, default=32)
    options.add_argument("--lr", type=float, default=2e-3)
    options.add_argument("--tokens", type=int, default=128)
    options.add_argument("--like-ours", action="store_true")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(0)
    raw = gzip.decompress((pathlib.Path(__file__).resolve().parents[2] / TEXT).read_bytes()).decode()
    known = sorted(set(raw))
    number = {c: i for i, c in enumerate(known)}
    tokens = torch.tensor([number[c] for c in raw])
    cut = round(0.8 * len(raw))
    train, test = tokens[:cut], tokens[cut:]
    context = given.tokens
    network = Lstm(len(known)) if given.model == "lstm" else Gpt(len(known), context=context)
    if given.like_ours:
        as_ours(network)
    optimizer = torch.optim.AdamW(network.parameters(), given.lr, weight_decay=0.01, fused=True)
    windows = (len(train) - context) // context
    steps = given.epochs * math.ceil(windows / given.batch)
    warm = min(100, steps // 10)
    begin, step = time.perf_counter(), 0
    for epoch in range(given.epochs):
        first = torch.randint(0, context, ()).item()
        order, total = torch.randperm(windows), 0.0
        for rows in order.split(given.batch):
            starts = first + rows * context
            at = starts[:, None] + torch.arange(context)
            part = (step + 1) / warm if step < warm else 0.5 + 0.5 * math.cos(math.pi * (step - warm) / (steps - warm))
            optimizer.param_groups[0]["lr"] = given.lr * part
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(network(train[at]).flatten(0, 1), train[at + 1].flatten())
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total += loss.item() * len(rows)
            step += 1
        seconds = time.perf_counter() - begin
        done = (epoch + 1) * windows * context
        print(f"epoch {epoch + 1}: loss {total / windows:.4f}, {seconds:.0f} s, {done / seconds:,.0f} tokens/s", flush=True)
    nats = judged(network, test, context)
    print(f"test: {nats / math.log(2):.4f} bits per character, loss {nats:.4f}")


if __name__ == "__main__":
    main()
