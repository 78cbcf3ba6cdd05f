"""Prodigy: prodigyopt 1.1.2, the authors', and Optax 0.2.8."""
from itertools import combinations

from prodigyopt import Prodigy

CHANGES = [dict(weight_decay=0.1), dict(bias_correction=True), dict(safeguard_warmup=True), dict(growth_rate=1.1),
           dict(beta3=0.7)]


def prodigy(parameters, lr, betas, eps, d0, d_coef, bias_correction=False, **h):
    return Prodigy(parameters, lr=lr, betas=betas, eps=eps, d0=d0, d_coef=d_coef, use_bias_correction=bias_correction, **h)


for same in [dict()] + CHANGES + [one | other for one, other in combinations(CHANGES, 2)]:
    rest = "".join(f", {k}={{{k}}}" for k in same)
    reference("-".join(["prodigy", *(k.replace("_", "-") for k in same)]), "prodigyopt", prodigy,
              dict(lr=1.0, betas=(0.9, 0.99), eps=1e-3, d0=1e-2, d_coef=1.0) | same,
              dict(lr=0.7, betas=(0.8, 0.95), eps=1e-2, d0=1e-3, d_coef=2.0) | same
              | ({"weight_decay": 0.05} if "weight_decay" in same else {}),
              text="prodigy(lr={lr}, beta1={betas_1}, beta2={betas_2}, epsilon={eps}, d0={d0}, d_coef={d_coef}" + rest + ")",
              single=1e-3)
for same in (dict(), dict(beta3=0.7), dict(safeguard_warmup=True)):
    optax("contrib.prodigy", dict(learning_rate=1.0, betas=(0.9, 0.99), eps=1e-3, estim_lr0=1e-2, estim_lr_coef=1.0, weight_decay=0.1) | same,
          dict(learning_rate=0.7, betas=(0.8, 0.95), eps=1e-2, estim_lr0=1e-3, estim_lr_coef=2.0, weight_decay=0.03) | same,
          name="-".join(["prodigy", *(k.replace("_", "-") for k in same)]), single=1e-3)
