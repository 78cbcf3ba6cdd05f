#!/usr/bin/env python3
"""Golden values of the accountant of private training: executed dp-accounting (its RDP accountant, Poisson
sampling) and Opacus (its RDP analysis, with its own orders).

    pip install dp-accounting opacus
    python3 tools/golden/privacy.py     writes train/src/test/resources/golden/privacy.tsv

Lines: sampling rate, noise, steps, delta, epsilon of dp-accounting, epsilon of Opacus.
"""
import pathlib

import dp_accounting
from dp_accounting import rdp
from opacus.accountants import RDPAccountant

LINES = []
for q, noise, steps, delta in (
        (0.01, 1.1, 1000, 1e-5), (0.01, 1.1, 10000, 1e-5), (0.02, 0.7, 2000, 1e-5), (0.001, 0.5, 50000, 1e-6), (0.1, 2.0, 300, 1e-4),
        (64 / 1150, 1.1, 360, 1e-5), (64 / 1150, 1.1, 18, 1e-5), (0.05, 4.0, 100, 1e-5), (0.3, 8.0, 500, 1e-7), (1.0, 5.0, 30, 1e-5), (1.0, 1.1, 3, 1e-5),
        (0.0005, 0.4, 20000, 1e-8), (0.004, 0.3, 100, 1e-5), (0.02, 20.0, 100, 1e-5), (0.25, 1.0, 1, 1e-3)):
    ours = rdp.RdpAccountant()
    event = dp_accounting.GaussianDpEvent(noise)
    ours.compose(dp_accounting.PoissonSampledDpEvent(q, event) if q < 1 else event, steps)
    other = RDPAccountant()
    other.history = [(noise, q, steps)]
    LINES.append([repr(q), repr(noise), str(steps), repr(delta), repr(float(ours.get_epsilon(delta))), repr(float(other.get_epsilon(delta)))])
path = pathlib.Path(__file__).parent.parent.parent / "train/src/test/resources/golden/privacy.tsv"
path.write_text("".join("\t".join(line) + "\n" for line in LINES))
print(*("\t".join(line) for line in LINES), sep="\n")
