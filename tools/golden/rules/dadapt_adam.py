"""D-Adaptation of Adam: dadaptation 3.2, the authors', and Optax 0.2.8."""
from itertools import combinations

from dadaptation import DAdaptAdam

CHANGES = [dict(weight_decay=0.02), dict(growth_rate=1.2), dict(bias_correction=True)]


def dadapt_adam(parameters, lr, betas, eps, d0, bias_correction=False, **h):
    return DAdaptAdam(parameters, lr=lr, betas=betas, eps=eps, d0=d0, use_bias_correction=bias_correction, decouple=True, **h)


for same in [dict()] + CHANGES + [one | other for one, other in combinations(CHANGES, 2)]:
    rest = "".join(f", {k}={{{k}}}" for k in same)
    reference("-".join(["dadapt-adam", *(k.replace("_", "-") for k in same)]), "dadaptation", dadapt_adam,
              dict(lr=0.3, betas=(0.9, 0.99), eps=1e-2, d0=1e-3) | same, dict(lr=0.2, betas=(0.8, 0.95), eps=1e-1, d0=1e-4) | same,
              text="dadapt_adam(lr={lr}, beta1={betas_1}, beta2={betas_2}, epsilon={eps}, d0={d0}" + rest + ")", single=1e-3)
optax("contrib.dadapt_adamw", dict(learning_rate=0.3, betas=(0.9, 0.99), eps=1e-2, estim_lr0=1e-3, weight_decay=0.1),
      dict(learning_rate=0.2, betas=(0.8, 0.95), eps=1e-1, estim_lr0=1e-4, weight_decay=0.0), single=1e-3)
