"""Schedule-Free SGD and AdamW: schedulefree 1.4.1, the authors'."""
from itertools import combinations

import schedulefree

CHANGES = [dict(weight_decay=0.1), dict(r=0.5), dict(warmup_steps=10)]
SETS = [dict()] + CHANGES + [one | other for one, other in combinations(CHANGES, 2)]


def training(kind):
    def make(parameters, **h):
        optimizer = kind(parameters, foreach=False, **h)
        optimizer.train()
        return optimizer
    return make


for same in SETS:
    rest = "".join(f", {k}={{{k}}}" for k in same)
    name = "-".join(k.replace("_", "-") for k in same)
    reference("schedule-free-sgd" + ("-" + name if name else ""), "schedulefree",
              training(schedulefree.SGDScheduleFree),
              dict(lr=0.1, momentum=0.9, weight_lr_power=2.0) | same,
              dict(momentum=0.8, weight_lr_power=1.5) | same, call="schedulefree.SGDScheduleFree",
              text="schedule_free_sgd(lr={lr}, momentum={momentum}, weight_lr_power={weight_lr_power}" + rest + ")")
    reference("schedule-free-adamw" + ("-" + name if name else ""), "schedulefree",
              training(schedulefree.AdamWScheduleFree),
              dict(lr=0.01, betas=(0.9, 0.99), eps=1e-3, weight_lr_power=2.0) | same,
              dict(betas=(0.8, 0.95), eps=1e-2, weight_lr_power=1.5) | same,
              call="schedulefree.AdamWScheduleFree",
              text="schedule_free_adamw(lr={lr}, beta1={betas_1}, beta2={betas_2}, epsilon={eps}, "
                   "weight_lr_power={weight_lr_power}" + rest + ")")

for same in SETS:
    name = "-".join(k.replace("_", "-") for k in same)
    for rule in ("schedule_free_sgd", "schedule_free_adamw"):
        formula = rule.replace("_", "-") + ("-" + name if name else "") + "-a " + rule
        for fault in ("total > 0 became total >= 0", "where(total > 0, weight / total, 0) became weight / total",
                      "where(total > 0, weight / total, 0) became where(total > 0, weight / total, 1)"):
            survives(formula, "c: " + fault, "No rate here is 0: ScheduleFreeTest begins with one that is.")
