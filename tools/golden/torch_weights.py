#!/usr/bin/env python3
"""Networks of executed PyTorch with their weights: what TorchWeightsTest of the module train is checked against.

    venv/bin/python tools/golden/torch_weights.py train/src/test/resources/golden

writes lenet.safetensors, weights as PyTorch and its safetensors write them, and torch_weights.tsv: lines
`network number logit`, of two images each; the same of a language model by LSTM and of one of GPT-2's shape, layout and
names (as Hugging Face has them), of two rows of tokens each. All numbers that go in are those of value(); the test makes them, too. The
weights of ResNet-20 are array number i of its state_dict, and not in a file.
"""
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn


def value(seed, n):
    """n numbers between -1 and 1, multiples of 1/1024."""
    h = ((np.arange(1, n + 1, dtype=np.uint64) * 2654435761 + seed * 974711) & 0xFFFFFFFF).astype(np.uint64)
    h ^= h >> np.uint64(15)
    h = (h * np.uint64(2246822519)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    return (((h >> np.uint64(8)) % np.uint64(2001)).astype(np.float32) - 1000) / 1024


def fill(network):
    """Array i of the state_dict: value(i), weights divided by the root of the inputs, scales and variances 1 + value / 4."""
    state = network.state_dict()
    for i, (name, old) in enumerate(state.items()):
        if name.endswith("num_batches_tracked"):
            continue
        numbers = torch.from_numpy(value(i, old.numel())).reshape(old.shape)
        if old.dim() > 1:
            numbers = numbers / old[0].numel() ** 0.5
        elif name.endswith("running_var") or name.endswith("norm.weight"):
            numbers = 1 + numbers / 4
        state[name] = numbers
    network.load_state_dict(state)
    return network.eval()


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


class Block(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.first, self.first_norm = nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after)
        self.second, self.second_norm = nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after)
        if before != after:
            self.skip, self.skip_norm = nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)
        self.same = before == after

    def forward(self, x):
        y = self.second_norm(self.second(F.relu(self.first_norm(self.first(x)))))
        return F.relu(y + (x if self.same else self.skip_norm(self.skip(x))))


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.stem_norm = nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16)
        widths = [16, 16, 16, 16, 32, 32, 32, 64, 64, 64]
        self.blocks = nn.ModuleList(
            Block(a, b, 2 if a != b else 1) for a, b in zip(widths, widths[1:])
        )
        self.out = nn.Linear(64, 10)

    def forward(self, x):
        x = F.relu(self.stem_norm(self.stem(x)))
        for block in self.blocks:
            x = block(x)
        return self.out(x.mean((2, 3)))


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens, self.lstm = nn.Embedding(9, 3), nn.LSTM(3, 4, 2, batch_first=True)
        self.out = nn.Linear(4, 9)

    def forward(self, x):
        return self.out(self.lstm(self.tokens(x))[0])


class Conv1D(nn.Module):
    """A dense layer as GPT-2 lays it out."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(inputs, outputs)), nn.Parameter(torch.empty(outputs))

    def forward(self, x):
        return x @ self.weight + self.bias


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.c_attn, self.c_proj = heads, Conv1D(width, 3 * width), Conv1D(width, width)
        self.register_buffer("bias", torch.ones(1, 1, 6, 6).tril())

    def forward(self, x):
        rows, steps, width = x.shape
        parts = self.c_attn(x).split(width, 2)
        q, k, v = (p.view(rows, steps, self.heads, -1).transpose(1, 2) for p in parts)
        scores = (q @ k.transpose(2, 3) / (width // self.heads) ** 0.5).masked_fill(
            torch.ones(steps, steps).tril() == 0, -torch.inf
        )
        return self.c_proj((scores.softmax(3) @ v).transpose(1, 2).reshape(rows, steps, width))


class Feed(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.c_fc, self.c_proj = Conv1D(width, 4 * width), Conv1D(4 * width, width)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x), approximate="tanh"))


class Decoder(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.ln_1, self.attn = nn.LayerNorm(width), Attention(width, heads)
        self.ln_2, self.mlp = nn.LayerNorm(width), Feed(width)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Gpt2(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(9, 8), nn.Embedding(6, 8)
        self.h, self.ln_f = nn.ModuleList(Decoder(8, 2) for _ in range(2)), nn.LayerNorm(8)

    def forward(self, x):
        y = self.wte(x) + self.wpe(torch.arange(x.shape[1]))
        for block in self.h:
            y = block(y)
        return self.ln_f(y) @ self.wte.weight.T


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lenet = fill(LeNet())
    save_file(lenet.state_dict(), folder / "lenet.safetensors")
    with open(folder / "torch_weights.tsv", "w") as out:
        print("version", "torch", torch.__version__, sep="\t", file=out)
        for name, network, shape in (("lenet", lenet, (2, 28, 28, 1)), ("resnet", fill(ResNet20()), (2, 32, 32, 3))):
            # images channels last, as the test makes them
            x = torch.from_numpy(value(1000, int(np.prod(shape))).reshape(shape)).permute(0, 3, 1, 2)
            write(out, name, network, x.double())
        for name, network in (("lstm", fill(Lstm())), ("gpt2", fill(Gpt2()))):
            save_file(network.state_dict(), folder / f"{name}.safetensors")
            write(out, name, network, torch.arange(12).reshape(2, 6) * 5 % 9)


def write(out, name, network, x):
    with torch.no_grad():
        exact = network.double()(x).flatten()
    for i, logit in enumerate(exact.tolist()):
        print(name, i, repr(logit), sep="\t", file=out)


if __name__ == "__main__":
    main()
