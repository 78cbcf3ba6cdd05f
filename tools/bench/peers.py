#!/usr/bin/env python3
"""Training steps a second of the workloads of bench/Workload.java in PyTorch.

usage: tools/bench/peers.py torch|torch-fused|torch-loader MODEL [SECONDS] [THREADS]
       tools/bench/peers.py convolutions [SECONDS] [THREADS]

MODEL is wide, small, cnn, resnet, lstm, gpt or seq2seq: the same layers, batch and optimizer (AdamW) on random numbers or tokens; torch-fused is
AdamW(fused=True), torch-loader the same with batches of a DataLoader. Prints "steps/s median N" over single steps after three of warm-up, and when the first was done. Needs PyTorch
(2.15 was measured): a tool, and nothing that the project depends on.

convolutions are oneDNN's on the shapes of bench/Convolutions.java, 64 images, channels last: GFLOP/s of each
direction, a line a shape.
"""
import itertools
import sys
import time

START = time.perf_counter()

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402


class Block(nn.Module):
    """The basic block of He et al. 2016, with a projection where the shape changes."""

    def __init__(self, before, after, stride):
        super().__init__()
        self.first = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(after)
        self.second = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(after)
        self.shortcut = nn.Identity()
        if before != after:
            self.shortcut = nn.Sequential(
                nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)
            )

    def forward(self, x):
        y = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.shortcut(x) + self.second_norm(self.second(y)))


def resnet20():
    blocks = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    width = 16
    for stage in (16, 32, 64):
        for number in range(3):
            blocks.append(Block(width, stage, 2 if stage > 16 and number == 0 else 1))
            width = stage
    return nn.Sequential(*blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def perceptron(*widths):
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10),
    )


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.out = nn.LSTM(64, 256, batch_first=True), nn.Linear(256, 10)

    def forward(self, x):
        return self.out(self.lstm(x)[0][:, -1])


class Decoder(nn.Module):
    """A block of GPT-2, with the exact GELU."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.asked, self.answer = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        rows, steps, width = x.shape
        parts = self.asked(self.norm1(x)).split(width, 2)
        q, k, v = (p.view(rows, steps, self.heads, width // self.heads).transpose(1, 2) for p in parts)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.answer(y.transpose(1, 2).reshape(rows, steps, width))
        return x + self.feed(self.norm2(x))


class Gpt(nn.Module):
    def __init__(self, tokens=81, width=128, layers=4, heads=4, context=128):
        super().__init__()
        self.tokens, self.places = nn.Embedding(tokens, width), nn.Embedding(context, width)
        self.blocks = nn.Sequential(*[Decoder(width, heads) for _ in range(layers)])
        self.norm, self.out = nn.LayerNorm(width), nn.Linear(width, tokens)

    def forward(self, x):
        return self.out(self.norm(self.blocks(self.tokens(x) + self.places(torch.arange(x.shape[1])))))


class Seq2Seq(nn.Module):
    """nn.Transformer of three encoder and three decoder layers, normalisation first, over sources and targets of 24 tokens."""

    def __init__(self, tokens=60, width=128, steps=24):
        super().__init__()
        self.source, self.target = nn.Embedding(tokens, width), nn.Embedding(tokens, width)
        self.places, self.other = nn.Embedding(steps, width), nn.Embedding(steps, width)
        self.both = nn.Transformer(width, 4, 3, 3, 4 * width, 0.0, "gelu", batch_first=True, norm_first=True)
        self.out = nn.Linear(width, tokens)
        self.mask = nn.Transformer.generate_square_subsequent_mask(steps)

    def forward(self, x):
        at = torch.arange(x.shape[1])
        source, target = self.source(x) + self.places(at), self.target(x) + self.other(at)
        return self.out(self.both(source, target, tgt_mask=self.mask, tgt_is_causal=True))


WORKLOADS = {
    "wide": (lambda: perceptron(784, 512, 512, 10), (128, 784)),
    "small": (lambda: perceptron(64, 64, 10), (32, 64)),
    "cnn": (cnn, (64, 1, 28, 28)),
    "resnet": (resnet20, (64, 3, 32, 32)),
    "lstm": (Lstm, (32, 64, 64)),
    "gpt": (Gpt, (16, 128)),
    "seq2seq": (Seq2Seq, (64, 24)),
}


# name, size, channels, filters, kernel, padding, stride
SHAPES = [
    ("cnn 1", 28, 1, 32, 3, 1, 1),
    ("cnn 2", 14, 32, 64, 3, 1, 1),
    ("lenet 1", 28, 1, 6, 5, 2, 1),
    ("lenet 2", 14, 6, 16, 5, 0, 1),
    ("resnet first", 32, 3, 16, 3, 1, 1),
    ("resnet 32", 32, 16, 16, 3, 1, 1),
    ("resnet 32/2", 32, 16, 32, 3, 1, 2),
    ("resnet 16", 16, 32, 32, 3, 1, 1),
    ("resnet 16/2", 16, 32, 64, 3, 1, 2),
    ("resnet 8", 8, 64, 64, 3, 1, 1),
    ("resnet 1x1/2", 32, 16, 32, 1, 0, 2),
]


def convolutions(seconds):
    for name, size, channels, filters, kernel, padding, stride in SHAPES:
        last = torch.channels_last
        x = torch.randn(64, channels, size, size).to(memory_format=last)
        w = torch.randn(filters, channels, kernel, kernel).to(memory_format=last)
        bias = torch.randn(filters)

        def forward():
            return F.conv2d(x, w, bias, stride, padding)

        y = forward()
        dy = torch.randn(y.shape).to(memory_format=last)

        def back(by_input):
            return torch.ops.aten.convolution_backward(
                dy, x, w, [filters], [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], 1,
                [by_input, not by_input, False])

        work = 2e-9 * y.numel() * channels * kernel * kernel
        rates = []
        with torch.no_grad():
            for call in (forward, lambda: back(True), lambda: back(False)):
                times = []
                end = time.perf_counter() + seconds / 3 / len(SHAPES)
                while time.perf_counter() < end or len(times) < 5:
                    begin = time.perf_counter()
                    call()
                    times.append(time.perf_counter() - begin)
                rates.append(work / sorted(times)[len(times) // 2])
        print(f"{name}: " + " ".join(f"{rate:.1f}" for rate in rates), flush=True)


def main():
    if len(sys.argv) > 1 and sys.argv[1] == "convolutions":
        torch.set_num_threads(int(sys.argv[3]) if len(sys.argv) > 3 else 2)
        convolutions(float(sys.argv[2]) if len(sys.argv) > 2 else 12)
        return
    if len(sys.argv) < 3 or sys.argv[1] not in ("torch", "torch-fused", "torch-loader") or sys.argv[2] not in WORKLOADS:
        sys.exit(__doc__)
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 8
    torch.set_num_threads(int(sys.argv[4]) if len(sys.argv) > 4 else 2)
    torch.manual_seed(0)
    make, shape = WORKLOADS[sys.argv[2]]
    network = make()
    x, y = torch.randn(shape), torch.randint(0, 10, shape[:1])
    if sys.argv[2] == "gpt":
        x, y = torch.randint(0, 81, shape), torch.randint(0, 81, shape)
    if sys.argv[2] == "seq2seq":
        x, y = torch.randint(0, 60, shape), torch.randint(0, 60, shape)
    optimizer = torch.optim.AdamW(network.parameters(), fused=sys.argv[1] != "torch")
    batches = iter(())
    if sys.argv[1] == "torch-loader":
        rows = torch.utils.data.TensorDataset(torch.randn(20_000, *shape[1:]), torch.randint(0, 10, (20_000,)))
        loader = torch.utils.data.DataLoader(rows, shape[0], shuffle=True, drop_last=True)
        batches = itertools.chain.from_iterable(itertools.repeat(loader))

    def step():
        nonlocal x, y
        if sys.argv[1] == "torch-loader":
            x, y = next(batches)
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(x).flatten(0, -2), y.flatten()).backward()
        optimizer.step()

    step()
    first = time.perf_counter() - START
    for _ in range(3):
        step()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begin = time.perf_counter()
        step()
        times.append(time.perf_counter() - begin)
    median = sorted(times)[len(times) // 2]
    print(f"steps/s median {1 / median:.1f} ({sys.argv[1]} {sys.argv[2]}, {len(times)} steps; first done {first:.2f} s after start)")


if __name__ == "__main__":
    main()
