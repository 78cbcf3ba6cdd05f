#!/usr/bin/env python3
"""Trains regressions with the defaults of the command beside scikit-learn's Ridge and MLPRegressor, and prints a table of R2.

    pip install scikit-learn numpy
    python3 tools/bench/regressions.py [--seeds 5] [--command ./thalweg] [--csv FILE:TARGET ...]

Data: auto-mpg (as the project has it), scikit-learn's diabetes and friedman1 (1,000 rows, noise 1), and each CSV file of numbers that is
named. A fifth of the rows, drawn by the seed, is kept for the test; both sides get the same rows. In scikit-learn
features and targets are scaled (StandardScaler, TransformedTargetRegressor). The figures are medians over the seeds.
"""

import argparse
import csv
import json
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import warnings

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = ["linear", "mlp(64)"]


def table(path, target, left_out=()):
    """The columns of a CSV file without missing values: features, texts among them as a column for each, and target."""
    with open(path, newline="") as file:
        names, *rows = [row for row in csv.reader(file) if row and not row[0].startswith("#")]
    columns = []
    for name, values in zip(names, zip(*rows)):
        if name == target or name in left_out:
            continue
        try:
            columns.append([float(value) for value in values])
        except ValueError:
            columns += [[float(value == known) for value in values] for known in sorted(set(values))]
    y = [float(row[names.index(target)]) for row in rows]
    return list(zip(*columns)), y


def sets(files):
    from sklearn.datasets import load_diabetes, make_friedman1

    yield "auto-mpg", *table(ROOT / "data/src/main/resources/dev/thalweg/data/auto-mpg.csv", "mpg", ["name"])
    yield "diabetes", *load_diabetes(return_X_y=True)
    yield "friedman1", *make_friedman1(1000, noise=1.0, random_state=0)
    for file in files:
        path, _, target = file.rpartition(":")
        yield pathlib.Path(path).name, *table(path, target)


def write(path, x, y):
    with open(path, "w") as file:
        file.write(",".join([f"x{i}" for i in range(len(x[0]))] + ["y"]) + "\n")
        for row, target in zip(x, y):
            file.write(",".join(repr(float(number)) for number in [*row, target]) + "\n")


def thalweg(command, folder, model, seed):
    def call(*arguments):
        done = subprocess.run([*command, *arguments, "--format", "json", "--quiet"], cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return json.loads(done.stdout.strip().splitlines()[-1])

    run = folder / "run"
    call("train", str(folder / "train.csv"), "--target", "y", "--task", "regression", "--test", "0", "--model", model,
         "--seed", str(seed), "--out", str(run))
    return call("evaluate", str(run), str(folder / "test.csv"))["r2"]


def other(model, seed, x, y, test_x, test_y):
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.linear_model import Ridge
    from sklearn.neural_network import MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rule = Ridge() if model == "linear" else MLPRegressor(hidden_layer_sizes=(64,), random_state=seed)
    fitted = TransformedTargetRegressor(make_pipeline(StandardScaler(), rule), transformer=StandardScaler())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that 200 epochs are few is not what is measured
        return fitted.fit(x, y).score(test_x, test_y)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--command", default="./thalweg", help="how the command is called, from the project's folder")
    parser.add_argument("--csv", nargs="*", default=[], metavar="FILE:TARGET")
    arguments = parser.parse_args()
    import numpy
    from sklearn.model_selection import train_test_split

    print(f"{'data':<14} {'model':<8} {'thalweg':>8} {'sklearn':>8}")
    for name, x, y in sets(arguments.csv):
        for model in MODELS:
            ours, theirs = [], []
            for seed in range(arguments.seeds):
                parts = train_test_split(numpy.array(x), numpy.array(y), test_size=0.2, random_state=seed)
                with tempfile.TemporaryDirectory() as place:
                    folder = pathlib.Path(place)
                    write(folder / "train.csv", parts[0], parts[2])
                    write(folder / "test.csv", parts[1], parts[3])
                    ours.append(thalweg(shlex.split(arguments.command), folder, model, seed))
                theirs.append(other(model, seed, parts[0], parts[2], parts[1], parts[3]))
            print(f"{name:<14} {model:<8} {statistics.median(ours):8.4f} {statistics.median(theirs):8.4f}", flush=True)


if __name__ == "__main__":
    main()
