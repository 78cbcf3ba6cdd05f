#!/usr/bin/env python3
"""Writes the golden files of the formats module's tests with the reference implementations.

    pip install safetensors==0.8.0 numpy==2.4.6
    python3 tools/golden/formats.py formats/src/test/resources/dev/thalweg/formats

The tests (GoldenFilesTest) build the same values and compare bytes.
"""

import pathlib
import sys

import numpy as np
from safetensors.numpy import save_file

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def ramp(count, dtype):
    """0, 0.5, -1, 1.5, -2, ...: exact in every floating type."""
    i = np.arange(count)
    return (np.where(i % 2 == 0, -1, 1) * i * 0.5 + 0.0).astype(dtype)


# safetensors: F32 only, with metadata, a scalar, an empty array, names that sort and need escapes.
save_file(
    {
        "layer2.weight": ramp(6, np.float32).reshape(2, 3),
        "layer10.bias": ramp(5, np.float32),
        "scalar": np.array(3.25, np.float32),
        "empty": np.zeros((0, 4), np.float32),
        'quote"back\\slash\ttab\u00e9\U0001f600': ramp(1, np.float32),
        "\uff5e": ramp(2, np.float32),
    },
    folder / "f32.safetensors",
    metadata={"format": "thalweg"},
)

# safetensors: both types; the reference puts the wider type first.
save_file(
    {
        "a": ramp(3, np.float32),
        "b": ramp(4, np.float64).reshape(2, 2),
        "c": np.array([np.inf, -np.inf, -0.0, 1e-45], np.float32),
        "d": np.array([5e-324, 1.7976931348623157e308], np.float64),
    },
    folder / "mixed.safetensors",
)

# safetensors of a type that is refused.
save_file({"ids": np.arange(3, dtype=np.int64)}, folder / "int64.safetensors")

np.save(folder / "f4.npy", ramp(6, np.float32).reshape(2, 3))
np.save(folder / "f8.npy", ramp(24, np.float64).reshape(2, 3, 4))
np.save(folder / "scalar.npy", np.array(2.5))
np.save(folder / "vector.npy", ramp(7, np.float64))
np.save(folder / "empty.npy", np.zeros((0, 3), np.float32))
np.save(folder / "fortran.npy", np.asfortranarray(ramp(24, np.float64).reshape(2, 3, 4)))
np.save(folder / "big_endian.npy", ramp(5, ">f8"))
for code in ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2"):
    dtype = np.dtype(code)
    if dtype.kind == "b":
        values = np.array([True, False, True])
    elif dtype.kind == "f":
        values = np.array([0.5, -65504, 6e-8], dtype)
    else:
        info = np.iinfo(dtype)
        # Of 64 bits the ends would be equal to no double.
        top = info.max if dtype.itemsize < 8 else info.max - (2**11 - 1 if dtype.kind == "u" else 2**10 - 1)
        values = np.array([info.min, 1, top], dtype)
    np.save(folder / f"{code}.npy", values)
np.save(folder / "inexact.npy", np.array([2**53 + 1], np.int64))
np.save(folder / "complex.npy", np.array([1j]))
np.save(folder / "text.npy", np.array(["a"]))
np.save(folder / "record.npy", np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]))

arrays = {"x": ramp(6, np.float32).reshape(2, 3), "y": np.arange(4)}
np.savez(folder / "plain.npz", **arrays)
np.savez_compressed(folder / "packed.npz", **arrays)
