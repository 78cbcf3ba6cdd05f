"""D-Adaptation of SGD: dadaptation 3.2, the authors'."""
from itertools import combinations

from dadaptation import DAdaptSGD

CHANGES = [dict(weight_decay=0.1), dict(growth_rate=1.2), dict(momentum=0.5)]
for same in [dict()] + CHANGES + [one | other for one, other in combinations(CHANGES, 2)]:
    rest = "".join(f", {k}={{{k}}}" for k in same)
    reference("-".join(["dadapt-sgd", *(k.replace("_", "-") for k in same)]), "dadaptation", DAdaptSGD,
              dict(lr=1.0, d0=1e-2) | same, dict(d0=1e-1) | same, text="dadapt_sgd(lr={lr}, d0={d0}" + rest + ")")
