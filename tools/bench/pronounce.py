#!/usr/bin/env python3
"""`thalweg train cmudict` in PyTorch: the same pairs, parts, batches, models, optimizer and evaluation.

usage: tools/bench/pronounce.py transformer|seq2seq [--epochs 11] [--seconds S] [--threads 2] [--batch 128] [--lr 2e-3]
                                [--dropout 0] [--seed 0] [--test 0.2] [--like-ours] [--steps N]

transformer is transformer(layers=3, width=128, heads=4), seq2seq is seq2seq(256, layers=2), both drawn as PyTorch draws
them unless `--like-ours` asks for the initializers of Thalweg. AdamW(fused=True, weight_decay=0.01), gradients clipped at
norm 1, a cosine with 400 steps of warm-up over all epochs. The parts and the order of the batches follow from the seed as
they do there (Philox). With `--seconds` as many epochs are planned as that time allows, by the pace of steps after a
warm-up; with `--steps` it ends after so many and prints the loss of each. Prints the loss of each epoch, tokens a second,
and of the test words the phoneme error rate and the word error rate, by the nearest of their pronunciations. Needs PyTorch
(2.15 was measured) and numpy: a tool, and nothing that the project depends on.
"""
import argparse
import gzip
import math
import pathlib
import re
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

DICTIONARY = "data/src/main/resources/dev/thalweg/data/cmudict.txt.gz"
POOL = 32
SPLIT, SHUFFLE, BUCKETS = 0x53504C54 << 32, 0x53485546 << 32, 0x4255434B << 32


# ---- the random numbers of dev.thalweg.kernels.Philox


def pairs_of_64_bits(seed, stream, n):
    """The numbers 0 … n − 1 of 64 bits of a stream, two to a block."""
    mask, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    block = np.arange((n + 1) // 2, dtype=np.uint64)
    c = [block & mask, block >> half, np.full_like(block, stream & 0xFFFFFFFF), np.full_like(block, stream >> 32)]
    k = [seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF]
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(p1 >> half) ^ c[1] ^ np.uint64(k[0]), p1 & mask, (p0 >> half) ^ c[3] ^ np.uint64(k[1]), p0 & mask]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    both = np.stack([c[0] | c[1] << half, c[2] | c[3] << half], 1).reshape(-1)
    return both[:n]


def permutation(seed, stream, n):
    """Fisher and Yates: i changes places with below(i, i + 1)."""
    bits = pairs_of_64_bits(seed, stream, n)
    bound = np.arange(1, n + 1, dtype=np.uint64)
    high, low = bits >> np.uint64(32), bits & np.uint64(0xFFFFFFFF)
    places = (high * bound + (low * bound >> np.uint64(32))) >> np.uint64(32)
    order = [0] * n
    for i, j in enumerate(places.tolist()):
        order[i] = order[j]
        order[j] = i
    return order


# ---- data


def dictionary():
    raw = gzip.decompress((pathlib.Path(__file__).resolve().parents[2] / DICTIONARY).read_bytes()).decode()
    words, phonemes = [], []
    for line in raw.splitlines():
        word, said = line.split("  ", 1)
        variant = re.fullmatch(r"(.+)\(\d+\)", word)
        words.append(variant.group(1) if variant else word)
        phonemes.append(said.split())
    return words, phonemes


def parts(words, test, seed):
    """Which pairs are to train on, which to test, by word."""
    number = {}
    for word in words:
        number.setdefault(word, len(number))
    train = set(permutation(seed, SPLIT, len(number))[: round(len(number) * (1 - test))])
    chosen = [number[word] in train for word in words]
    return [i for i, yes in enumerate(chosen) if yes], [i for i, yes in enumerate(chosen) if not yes]


class Batches:
    def __init__(self, sources, targets, end, rows, seed):
        self.sources, self.targets, self.end, self.rows, self.seed = sources, targets, end, rows, seed
        self.count = math.ceil(len(sources) / rows)

    def epoch(self, epoch):
        order = permutation(self.seed, SHUFFLE | epoch, len(self.sources))
        key = lambda i: (len(self.targets[i]), len(self.sources[i]))  # noqa: E731
        for start in range(0, len(order), POOL * self.rows):
            order[start : start + POOL * self.rows] = sorted(order[start : start + POOL * self.rows], key=key)
        placed = [None] * self.count
        for i, place in enumerate(permutation(self.seed, BUCKETS | epoch, self.count)):
            placed[place] = order[i * self.rows : (i + 1) * self.rows]
        for rows in placed:
            yield self.of(rows)

    def of(self, rows):
        """Sources, what of them fills up, targets from the end token on, and what follows each, -100 behind."""
        sources = [torch.tensor(self.sources[i]) for i in rows]
        targets = [torch.tensor([self.end, *self.targets[i]]) for i in rows]
        following = [torch.tensor([*self.targets[i], self.end]) for i in rows]
        pad = nn.utils.rnn.pad_sequence
        lengths = torch.tensor([len(s) for s in sources])
        s = pad(sources, batch_first=True)
        return s, lengths, pad(targets, batch_first=True), pad(following, batch_first=True, padding_value=-100)


# ---- models


class Attention(nn.Module):
    def __init__(self, width, heads, seen=None):
        super().__init__()
        self.heads = heads
        self.asked = nn.Linear(width, width if seen else 3 * width)
        self.source = nn.Linear(seen, 2 * width) if seen else None
        self.answer = nn.Linear(width, width)

    def forward(self, x, m=None, mask=None, causal=False):
        rows, steps, width = x.shape
        if m is None:
            parts = self.asked(x).split(width, 2)
        else:
            parts = (self.asked(x), *self.source(m).split(width, 2))
        q, k, v = (p.view(rows, -1, self.heads, width // self.heads).transpose(1, 2) for p in parts)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
        return self.answer(y.transpose(1, 2).reshape(rows, steps, width))


class Block(nn.Module):
    """Normalisation first, dropout of what is added."""

    def __init__(self, width, heads, dropout, cross):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(width), Attention(width, heads)
        self.cross_norm, self.cross = (nn.LayerNorm(width), Attention(width, heads, width)) if cross else (None, None)
        self.norm2 = nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask, m=None):
        own = {"causal": True} if self.cross else {"mask": mask}
        x = x + self.drop(self.attention(self.norm1(x), **own))
        if self.cross:
            x = x + self.drop(self.cross(self.cross_norm(x), m, mask))
        return x + self.drop(self.feed(self.norm2(x)))


class Transformer(nn.Module):
    def __init__(self, letters, phonemes, width=128, layers=3, heads=4, context=64, dropout=0.0):
        super().__init__()
        self.source, self.source_places = nn.Embedding(letters, width), nn.Embedding(context, width)
        self.target, self.target_places = nn.Embedding(phonemes, width), nn.Embedding(context, width)
        self.encoder = nn.ModuleList([Block(width, heads, dropout, False) for _ in range(layers)])
        self.decoder = nn.ModuleList([Block(width, heads, dropout, True) for _ in range(layers)])
        self.norm, self.last_norm, self.out = nn.LayerNorm(width), nn.LayerNorm(width), nn.Linear(width, phonemes)
        self.drop = nn.Dropout(dropout)

    def encode(self, s, lengths):
        mask = (torch.arange(s.shape[1]) < lengths[:, None])[:, None, None]
        x = self.drop(self.source(s) + self.source_places.weight[: s.shape[1]])
        for block in self.encoder:
            x = block(x, mask)
        return self.norm(x), mask

    def decode(self, x, m, mask):
        y = self.drop(self.target(x) + self.target_places.weight[: x.shape[1]])
        for block in self.decoder:
            y = block(y, mask, m)
        return self.out(self.last_norm(y))


class Seq2Seq(nn.Module):
    def __init__(self, letters, phonemes, units=256, layers=2, heads=4, dropout=0.0):
        super().__init__()
        self.source, self.target = nn.Embedding(letters, units), nn.Embedding(phonemes, units)
        one = lambda n, **more: nn.LSTM(units, n, batch_first=True, **more)  # noqa: E731
        self.encoder = nn.ModuleList([one(units // 2, bidirectional=True) for _ in range(layers)])
        self.decoder = nn.ModuleList([one(units) for _ in range(layers)])
        self.cross = nn.ModuleList([Attention(units, heads, units) for _ in range(layers)])
        self.out, self.drop = nn.Linear(units, phonemes), nn.Dropout(dropout)

    def encode(self, s, lengths):
        x = self.drop(self.source(s))
        for lstm in self.encoder:
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            y = nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=s.shape[1])[0]
            x = self.drop(y)
        return x, (torch.arange(s.shape[1]) < lengths[:, None])[:, None, None]

    def decode(self, x, m, mask):
        y = self.drop(self.target(x))
        for lstm, cross in zip(self.decoder, self.cross):
            y = lstm(y)[0]
            y = self.drop(y + cross(y, m, mask))
        return self.out(y)


def as_ours(network):
    """Glorot's uniform weights, small embeddings and heads of a transformer, no biases but an LSTM's forget gates."""
    for name, p in network.named_parameters():
        if "norm" in name:
            continue
        if p.dim() == 1:
            nn.init.zeros_(p)
            if "bias_ih" in name:
                p.data[p.numel() // 4 : p.numel() // 2] = 1
        elif "weight_hh" in name:
            nn.init.orthogonal_(p)
        elif name in ("source.weight", "target.weight", "source_places.weight", "target_places.weight", "out.weight"):
            if isinstance(network, Transformer):
                nn.init.normal_(p, 0, 0.02)
            elif name == "out.weight":
                nn.init.xavier_uniform_(p)
            else:
                nn.init.normal_(p)
        else:
            nn.init.xavier_uniform_(p)


# ---- evaluation


def edits(some, others):
    above = list(range(len(others) + 1))
    for i, a in enumerate(some, 1):
        row = [i]
        for j, b in enumerate(others, 1):
            row.append(min(above[j - 1] + (a != b), above[j] + 1, row[-1] + 1))
        above = row
    return above[-1]


def spoken(network, sources, end, longest=64):
    """The most probable token each time, words of similar length at once."""
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    found = [[] for _ in sources]
    with torch.no_grad():
        for start in range(0, len(order), 256):
            rows = order[start : start + 256]
            s = [torch.tensor(sources[i]) for i in rows]
            m, mask = network.encode(
                nn.utils.rnn.pad_sequence(s, batch_first=True), torch.tensor([len(x) for x in s]))
            x = torch.full((len(rows), 1), end)
            open_ = torch.ones(len(rows), dtype=torch.bool)
            while open_.any() and x.shape[1] < longest:
                best = network.decode(x, m, mask)[:, -1].argmax(-1)
                for i, token in enumerate(best.tolist()):
                    if open_[i] and token != end:
                        found[rows[i]].append(token)
                open_ &= best != end
                x = torch.cat([x, best[:, None]], 1)
    return found


def judged(network, words, sources, targets, end, names):
    known = {}
    for word, source, target in zip(words, sources, targets):
        known.setdefault(word, (source, []))[1].append(target)
    found = spoken(network, [source for source, _ in known.values()], end)
    plain = [re.sub(r"\d", "", name) for name in names]
    wrong = total = off = bare = bare_total = 0
    for made, (_, right) in zip(found, known.values()):
        fewest, length = min((edits(made, target), len(target)) for target in right)
        total, off, wrong = total + length, off + fewest, wrong + (fewest > 0)
        without = [plain[t] for t in made]
        fewest, length = min((edits(without, [plain[t] for t in target]), len(target)) for target in right)
        bare, bare_total = bare + fewest, bare_total + length
    print(f"test: phoneme error rate {off / total:.4f}, word error rate {wrong / len(known):.4f}, {len(known):,} words;"
          f" phoneme error rate without stress {bare / bare_total:.4f}", flush=True)  # fmt: skip


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("model", choices=["transformer", "seq2seq"])
    options.add_argument("--epochs", type=int, default=11)
    options.add_argument("--seconds", type=float)
    options.add_argument("--steps", type=int)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--batch", type=int, default=128)
    options.add_argument("--lr", type=float, default=2e-3)
    options.add_argument("--dropout", type=float, default=0.0)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--test", type=float, default=0.2)
    options.add_argument("--like-ours", action="store_true")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    words, phonemes = dictionary()
    letters = sorted(set("".join(words)))
    names = sorted({p for said in phonemes for p in said})
    letter, number = ({name: i for i, name in enumerate(all_)} for all_ in (letters, names))
    sources = [[letter[c] for c in word] for word in words]
    targets = [[number[p] for p in said] for said in phonemes]
    end = len(names)
    train, test = parts(words, given.test, given.seed)
    batches = Batches([sources[i] for i in train], [targets[i] for i in train], end, given.batch, given.seed)
    kind = Transformer if given.model == "transformer" else Seq2Seq
    network = kind(len(letters), end + 1, dropout=given.dropout)
    if given.like_ours:
        as_ours(network)
    print(f"{len(train):,} pairs to train, {len(test):,} to test, {sum(p.numel() for p in network.parameters()):,} parameters")
    optimizer = torch.optim.AdamW(network.parameters(), given.lr, weight_decay=0.01, fused=True)
    epochs = given.epochs
    total_steps = epochs * batches.count
    warm = min(400, total_steps // 10)
    begin, step, paced = time.perf_counter(), 0, None
    epoch = 0
    while epoch < epochs:
        total = count = 0
        for s, lengths, x, y in batches.epoch(epoch):
            part = (step + 1) / warm if step < warm else 0.5 + 0.5 * math.cos(math.pi * (step - warm) / (total_steps - warm))
            optimizer.param_groups[0]["lr"] = given.lr * part
            optimizer.zero_grad(set_to_none=True)
            m, mask = network.encode(s, lengths)
            loss = F.cross_entropy(network.decode(x, m, mask).flatten(0, 1), y.flatten())
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            tokens = int((y >= 0).sum())
            total, count, step = total + loss.item() * tokens, count + tokens, step + 1
            if given.steps:
                print(f"step {step}: {tokens} tokens, loss {loss.item():.4f}, {time.perf_counter() - begin:.1f} s", flush=True)
                if step == given.steps:
                    return
            if given.seconds and step == 200:
                paced = (time.perf_counter() - begin) / 200
                epochs = max(1, round(given.seconds / paced / batches.count))
                total_steps = epochs * batches.count
                print(f"{1 / paced:.1f} steps/s: {epochs} epochs", flush=True)
        epoch += 1
        seconds = time.perf_counter() - begin
        print(f"epoch {epoch}: loss {total / count:.4f}, {seconds:.0f} s, {epoch * count / seconds:,.0f} tokens/s", flush=True)
    network.eval()
    judged(network, [words[i] for i in test], [sources[i] for i in test], [targets[i] for i in test], end, names)


if __name__ == "__main__":
    main()
