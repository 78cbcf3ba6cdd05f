#!/usr/bin/env python3
"""Steps of matrix methods beside heavyball, in alternating processes.

usage: tools/bench/matrices.py PYTHON [--pairs 3] [--threads 1] [--seconds 10] [--shapes 512x512,256x1024]
                                      [--methods soap,kl_shampoo,kron,shampoo]
       tools/bench/matrices.py peer METHOD ROWS COLUMNS THREADS SECONDS

PYTHON is an interpreter that has heavyball (3.2.1 was measured, on PyTorch 2.15). Both sides move one F32 matrix by
gradients that are drawn beforehand, with the same settings: soap and kl_shampoo with a new basis in each 10th step, soap
with a decay of 0.01, kron with factors that are fitted in each step. heavyball has no Shampoo by inverse fourth roots:
that one stands alone. Medians of rounds of 20 steps, after two of them, in which both sides compile. --ours replaces `tools/bench/run`.
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
ROUND, WARM_UP, GRADIENTS = 20, 2, 8
OURS = {
    "soap": "soap(0.003, beta1=0.95, beta2=0.95, weight_decay=0.01, every=10)",
    "kl_shampoo": "kl_shampoo(0.003, beta1=0.9, beta2=0.95, every=10)",
    "kron": "kron(0.001, momentum=0.9, share=1)",
    "shampoo": "shampoo(0.001, every=10)",
}
ALONE = ["shampoo"]


def optimizer(method, weights):
    import heavyball

    basis = dict(lr=0.003, precondition_frequency=10, merge_dims=False)
    if method == "soap":
        return heavyball.SOAP(weights, betas=(0.95, 0.95), shampoo_beta=0.95, weight_decay=0.01, **basis)
    if method == "kl_shampoo":
        return heavyball.KLShampoo(weights, betas=(0.9, 0.95), shampoo_beta=0.95, weight_decay=0, **basis)
    return heavyball.PSGDKron(weights, lr=0.001, beta=0.9, preconditioner_update_probability=1.0)


def peer(method, rows, columns, threads, seconds):
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    weight = torch.nn.Parameter(torch.randn(rows, columns))
    steps = optimizer(method, [weight])
    gradients = torch.randn(GRADIENTS, rows, columns)
    rates, begin, rounds = [], 0.0, 0
    while len(rates) < 3 or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        for i in range(ROUND):
            weight.grad = gradients[i % GRADIENTS].clone()
            steps.step()
        rounds += 1
        if rounds > WARM_UP:
            rates.append(ROUND / (time.perf_counter() - start))
        else:
            begin = time.perf_counter()
    print(f"steps/s median {statistics.median(rates):.2f}, {len(rates)} rounds")


def told(command):
    done = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"steps/s median ([\d.]+)", done.stdout)
    if done.returncode or not found:
        sys.exit(f"{shlex.join(command)}: nothing found in\n{done.stdout}{done.stderr}")
    return float(found.group(1))


def compare(given, method, shape):
    size = shape.split("x") + [given.threads, given.seconds]
    ours = shlex.split(given.ours) + ["MatrixSteps", OURS[method]] + size
    theirs = [given.python, str(pathlib.Path(__file__).resolve()), "peer", method] + size
    rates, ratios = {"Thalweg": [], "heavyball": []}, []
    for pair in range(given.pairs):
        sides = {"Thalweg": ours} if method in ALONE else {"Thalweg": ours, "heavyball": theirs}
        for side in list(sides) if pair % 2 == 0 else reversed(list(sides)):
            rates[side].append(told(sides[side]))
        if method not in ALONE:
            ratios.append(rates["Thalweg"][-1] / rates["heavyball"][-1])
    mine = f"{min(rates['Thalweg']):.3g} to {max(rates['Thalweg']):.3g}"
    if not ratios:
        print(f"| `{method}` | {shape} | {given.threads} | {mine} | – | – |", flush=True)
        return
    peers = f"{min(rates['heavyball']):.3g} to {max(rates['heavyball']):.3g}"
    ratio = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    print(f"| `{method}` | {shape} | {given.threads} | {mine} | {peers} | {ratio} |", flush=True)


def main():
    if sys.argv[1:2] == ["peer"]:
        peer(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), float(sys.argv[6]))
        return
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("python")
    options.add_argument("--pairs", type=int, default=3)
    options.add_argument("--threads", default="1")
    options.add_argument("--seconds", default="10")
    options.add_argument("--shapes", default="512x512,256x1024")
    options.add_argument("--methods", default=",".join(OURS))
    options.add_argument("--ours", default=str(ROOT / "tools" / "bench" / "run"))
    given = options.parse_args()
    print("| method | matrix | threads | steps/s, Thalweg | heavyball | ratio |")
    print("|---|---|---|---|---|---|")
    for shape in given.shapes.split(","):
        for method in given.methods.split(","):
            compare(given, method, shape)


if __name__ == "__main__":
    main()
