#!/usr/bin/env python3
"""Reads the weights of a run with the reference implementation of safetensors and prints what is in them.

    pip install safetensors numpy
    python3 tools/read_run.py runs/digits-1 [SHA256]
    python3 tools/read_run.py runs/digits-1/weights.safetensors

One line an array, sorted by name: name, type, shape, the SHA-256 of its numbers (little-endian, row-major) and the
first of them. With a SHA-256, as `./thalweg train --format json` prints it under weights_sha256, the file is checked
against it first. Exit code 0: read; 1: the file cannot be read, is not what the digest says, or holds a number that
is not finite; 2: the command was wrong.
"""

import argparse
import hashlib
import pathlib
import sys

FIRST = 4


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("run", type=pathlib.Path, help="a run folder, or a safetensors file")
    parser.add_argument("sha256", nargs="?", help="what the file's SHA-256 has to be")
    arguments = parser.parse_args()
    try:
        import numpy
        from safetensors import SafetensorError, safe_open
    except ImportError as e:
        sys.exit(f"{e.name} is missing: pip install safetensors numpy")

    file = arguments.run / "weights.safetensors" if arguments.run.is_dir() else arguments.run
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as e:
        sys.exit(f"{file}: cannot be read: {e.strerror}")
    if arguments.sha256 and arguments.sha256.lower() != digest:
        sys.exit(f"{file}: expected the SHA-256 {arguments.sha256}, found {digest}")

    print(f"file {file}")
    print(f"sha256 {digest}")
    finite = True
    try:
        with safe_open(file, framework="numpy") as arrays:
            for name, text in sorted((arrays.metadata() or {}).items()):
                print(f"metadata {name} = {text}")
            total = 0
            for name in sorted(arrays.keys()):
                values = arrays.get_tensor(name)
                total += values.size
                # Arrays are little-endian in the file, as on every machine that numpy's safetensors reads on.
                numbers = hashlib.sha256(numpy.ascontiguousarray(values).tobytes()).hexdigest()
                first = " ".join(repr(float(v)) for v in values.ravel()[:FIRST])
                more = " ..." if values.size > FIRST else ""
                print(f"array {name} {values.dtype} {list(values.shape)} sha256 {numbers} first {first}{more}")
                if not numpy.isfinite(values).all():
                    finite = False
                    print(f"{file}: the array {name} holds a number that is not finite", file=sys.stderr)
            print(f"numbers {total}")
    except SafetensorError as e:
        sys.exit(f"{file}: not a safetensors file: {e}")
    return 0 if finite else 1


if __name__ == "__main__":
    sys.exit(main())
