#!/usr/bin/env python3
"""A language model that writes, beside PyTorch, in alternating processes.

usage: tools/bench/generate.py PYTHON [--pairs 5] [--model gpt|lstm] [--context 128] [--threads 2] [--seconds 15]
       tools/bench/generate.py peer gpt|lstm CONTEXT THREADS SECONDS

PYTHON is an interpreter that has PyTorch (2.15 was measured). Both sides write one text from a prompt of 8 tokens up to
the context, again and again, each token drawn at a temperature of 0.8 from the 40 most probable: gpt is
gpt(layers=4, width=128, heads=4, context=CONTEXT) of 81 tokens with the keys and values of before in arrays made
once, lstm is lstm(256, layers=2) with its state. Medians of texts after a third of the time. --ours replaces
`tools/bench/run`.
"""
import argparse
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROMPT, TOKENS = 8, 81


def writing(name, context):
    """Next logits of tokens, with what was before kept in mind."""
    import torch
    import torch.nn.functional as F
    from language import Lstm
    from peers import Gpt

    if name == "lstm":
        network, state = Lstm(TOKENS).eval(), [None]

        def forget():
            state[0] = None

        def of(tokens):
            y, state[0] = network.lstm(network.tokens(tokens), state[0])
            return network.out(y[:, -1])

        return of, forget
    network = Gpt(TOKENS, context=context).eval()
    heads = network.blocks[0].heads
    own = network.out.in_features // heads
    kept = [[torch.empty(1, heads, context, own) for _ in range(2)] for _ in network.blocks]
    seen = [0]

    def forget():
        seen[0] = 0

    def of(tokens):
        begin, end = seen[0], seen[0] + tokens.shape[1]
        x = network.tokens(tokens) + network.places.weight[begin:end]
        for block, (keys, values) in zip(network.blocks, kept):
            q, k, v = block.asked(block.norm1(x)).view(1, end - begin, 3, heads, own).permute(2, 0, 3, 1, 4)
            keys[:, :, begin:end], values[:, :, begin:end] = k, v
            y = F.scaled_dot_product_attention(q, keys[:, :, :end], values[:, :, :end], is_causal=begin == 0 and end > 1)
            x = x + block.answer(y.transpose(1, 2).reshape(1, end - begin, -1))
            x = x + block.feed(block.norm2(x))
        seen[0] = end
        return network.out(network.norm(x[:, -1]))

    return of, forget


def peer(name, context, threads, seconds):
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    logits, forget = writing(name, context)
    prompt = torch.randint(TOKENS, (1, PROMPT))
    rates, begin = [], time.perf_counter()
    with torch.inference_mode():
        while time.perf_counter() - begin < seconds:
            forget()
            start, given, text = time.perf_counter(), prompt, []
            while len(text) < context - PROMPT:
                best, places = (logits(given)[0] / 0.8).topk(40)
                given = places[torch.multinomial(best.softmax(-1), 1)][None]
                text.append(given.item())
            if time.perf_counter() - begin > seconds / 3:
                rates.append(len(text) / (time.perf_counter() - start))
    print(f"tokens/s median {statistics.median(rates):.1f}, {len(rates)} texts")


def told(command, pattern):
    done = subprocess.run(command, capture_output=True, text=True)
    found = re.search(pattern, done.stdout)
    if done.returncode or not found:
        sys.exit(f"{shlex.join(command)}: nothing found in\n{done.stdout}{done.stderr}")
    return float(found.group(1)), done.stdout.strip()


def main():
    if sys.argv[1:2] == ["peer"]:
        peer(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
        return
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("python")
    options.add_argument("--pairs", type=int, default=5)
    options.add_argument("--model", choices=["gpt", "lstm"], default="gpt")
    options.add_argument("--context", default="128")
    options.add_argument("--threads", default="2")
    options.add_argument("--seconds", default="15")
    options.add_argument("--ours", default=str(ROOT / "tools" / "bench" / "run"))
    given = options.parse_args()
    torch = [given.python, str(pathlib.Path(__file__).resolve()), "peer"]
    ours = shlex.split(given.ours)
    more = [given.model, given.context, given.threads, given.seconds]
    sides = {"PyTorch": torch + more, "Thalweg": ours + ["Generating"] + more}
    ratios = []
    for pair in range(given.pairs):
        order = ["PyTorch", "Thalweg"] if pair % 2 == 0 else ["Thalweg", "PyTorch"]
        rates = {side: told(sides[side], r"tokens/s median ([\d.]+)")[0] for side in order}
        ratios.append(rates["Thalweg"] / rates["PyTorch"])
        print(f"pair {pair + 1}: Thalweg {rates['Thalweg']:,.0f} tokens/s, PyTorch {rates['PyTorch']:,.0f}, ratio {ratios[-1]:.2f}", flush=True)
    print(f"{given.model}, context {given.context}: median ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
