#!/usr/bin/env python3
"""What memory a step of attention needs, beside PyTorch: forward and the gradients of all weights and of the input.

usage: tools/bench/attention_memory.py PYTHON [--threads 2] [--ours COMMAND] [T ...]
       tools/bench/attention_memory.py peer T THREADS

PYTHON is an interpreter that has PyTorch (2.15 was measured). One sequence of T steps, width 128, 4 heads, causal:
linear(128, 384), attention, linear(128, 128), mean square. A process for each T and side. Of PyTorch "tensors" is the
most bytes that its allocator had given out at once in the fourth step, by its profiler, beyond weights, and the input;
"process" is by how much the peak of the resident set (VmHWM) grew in three steps. What `AttentionMemory` prints stands
there. --ours replaces `tools/bench/run`.
"""
import argparse
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDTH, HEADS, STEPS = 128, 4, 3


def resident():
    """Peak of the resident set, in bytes."""
    return 1024 * int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read()).group(1))


def peer(length, threads):
    import torch
    import torch.nn.functional as F
    from torch.profiler import ProfilerActivity, profile

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    asked, answer = torch.nn.Linear(WIDTH, 3 * WIDTH), torch.nn.Linear(WIDTH, WIDTH)
    weights = [*asked.parameters(), *answer.parameters()]

    def step(x):
        q, k, v = asked(x).view(1, x.shape[1], 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        loss = answer(y.transpose(1, 2).reshape(1, x.shape[1], WIDTH)).square().mean()
        return torch.autograd.grad(loss, [*weights, x])

    step(torch.randn(1, 64, WIDTH, requires_grad=True))  # what the libraries allocate once
    before = resident()
    x = torch.randn(1, length, WIDTH, requires_grad=True)
    for _ in range(STEPS):
        step(x)
    grown = resident() - before
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as profiled:
        step(x)
    held = most = 0
    for event in sorted(allocations(profiled), key=lambda each: each[0]):
        held += event[1]
        most = max(most, held)
    most += x.numel() * 4
    print(f"T = {length:,}: tensors {most / 1e6:.1f} MB, process {grown / 1e6:.1f} MB")


def allocations(profiled):
    """(time, bytes) of what was given out and taken back."""
    for event in profiled.profiler.kineto_results.events():
        if event.name() == "[memory]":
            yield event.start_ns(), event.nbytes()


def main():
    if sys.argv[1:2] == ["peer"]:
        peer(int(sys.argv[2]), int(sys.argv[3]))
        return
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("python")
    options.add_argument("lengths", nargs="*", default=["1024", "2048", "4096"])
    options.add_argument("--threads", default="2")
    options.add_argument("--ours", default=str(ROOT / "tools" / "bench" / "run"))
    given = options.parse_args()
    for length in given.lengths:
        ours = [*shlex.split(given.ours), "AttentionMemory", length, given.threads]
        torch = [given.python, str(pathlib.Path(__file__).resolve()), "peer", length, given.threads]
        for side, command in ("Thalweg", ours), ("PyTorch", torch):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{shlex.join(command)}:\n{done.stdout}{done.stderr}")
            print(f"{side}: {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
