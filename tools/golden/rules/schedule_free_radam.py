"""Schedule-Free RAdam: schedulefree 1.4.1, the authors'."""
from itertools import combinations

import schedulefree

CHANGES = [dict(weight_decay=0.1), dict(r=0.5), dict(silent_sgd_phase=False)]


def radam(parameters, **h):
    optimizer = schedulefree.RAdamScheduleFree(parameters, foreach=False, **h)
    optimizer.train()
    return optimizer


for same in [dict()] + CHANGES + [one | other for one, other in combinations(CHANGES, 2)]:
    rest = "".join(f", {k}={{{k}}}" for k in same)
    name = "-".join(["schedule-free-radam", *(k.replace("_", "-") for k in same)])
    reference(name, "schedulefree", radam, dict(lr=0.01, betas=(0.9, 0.99), eps=1e-3, weight_lr_power=2.0) | same,
              dict(betas=(0.8, 0.95), eps=1e-2, weight_lr_power=1.5) | same, call="schedulefree.RAdamScheduleFree",
              text="schedule_free_radam(lr={lr}, beta1={betas_1}, beta2={betas_2}, epsilon={eps}, "
                   "weight_lr_power={weight_lr_power}" + rest + ")")
