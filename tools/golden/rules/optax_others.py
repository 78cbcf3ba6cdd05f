"""Optax 0.2.8: calls whose order of operations, or whose defect, no method of ours has. Warm-up is a schedule, which Optax
computes in float32."""
from itertools import product

BETAS = dict(b1=0.9, b2=0.99, eps=1e-3)
OTHERS = dict(b1=0.8, b2=0.95, eps=1e-2)

for nesterov in (False, True):
    optax("radam", dict(BETAS, learning_rate=0.01, eps_root=1e-4, nesterov=nesterov),
          dict(OTHERS, threshold=4.0, nesterov=nesterov), name="radam" + ("-nesterov" if nesterov else ""))
optax("adan", dict(b1=0.9, b2=0.8, b3=0.99, eps=1e-3, eps_root=1e-4, learning_rate=0.01), dict(b1=0.98, b2=0.92, b3=0.95, eps=1e-2, eps_root=1e-3))
optax("adan", dict(b1=0.9, b2=0.8, b3=0.99, eps=1e-3, weight_decay=0.1, learning_rate=0.01), dict(b1=0.98, b2=0.92, b3=0.95, eps=1e-2, weight_decay=0.3),
      name="adan-decay")
optax("rprop", dict(learning_rate=0.01, eta_minus=0.5, eta_plus=1.2, min_step_size=1e-3, max_step_size=0.05),
      dict(learning_rate=0.003, eta_minus=0.4, eta_plus=1.3))
for nesterov, root, decay in product((False, True), (0.0, 1.0), (0.0, 0.1)):
    name = ("-root" if root else "") + ("-decay" if decay else "") + ("-nesterov" if nesterov else "")
    optax("lars", dict(learning_rate=0.5, weight_decay=decay, trust_coefficient=0.02, eps=root / 100, momentum=0.9, nesterov=nesterov),
          dict(weight_decay=3 * decay, trust_coefficient=0.05, eps=root / 50, momentum=0.8, nesterov=nesterov), name="lars" + name)
for nesterov, root in product((False, True), (0.0, 1.0)):
    name = ("-root" if root else "") + ("-nesterov" if nesterov else "")
    optax("optimistic_adam_v2", dict(BETAS, learning_rate=0.01, alpha=0.7, beta=0.6, eps_root=root / 10**4, nesterov=nesterov),
          dict(OTHERS, alpha=1.2, beta=0.4, eps_root=root / 10**3, nesterov=nesterov), name="optimistic-adam-v2" + name)
    for optimism in (None, 0.007):
        own = {} if optimism is None else dict(optimism=optimism)
        optax("optimistic_adam", dict(BETAS, learning_rate=0.01, eps_root=root / 10**4, nesterov=nesterov) | own,
              dict(OTHERS, learning_rate=0.003, eps_root=root / 10**3, nesterov=nesterov) | {k: v / 4 for k, v in own.items()},
              name="optimistic-adam" + ("-own" if own else "") + name)
optax("contrib.acprop", dict(BETAS, learning_rate=0.01, eps_root=1e-4), dict(OTHERS, eps_root=1e-3))
optax("contrib.acprop", dict(BETAS, learning_rate=0.01, eps_root=1e-4, weight_decay=0.1), dict(OTHERS, eps_root=1e-3, weight_decay=0.3),
      name="acprop-decay")
for warm in ({}, dict(warmup_steps=10)):
    for decay in ({}, dict(weight_decay=0.1)):
        name = ("-warmup" if warm else "") + ("-decay" if decay else "")
        optax("contrib.schedule_free_sgd", dict(learning_rate=0.1, b1=0.9) | warm | decay,
              dict(learning_rate=0.03, b1=0.8, weight_lr_power=1.5) | warm | decay, name="schedule-free-sgd" + name,
              tolerance=1e-6 if warm else 1e-12)
        optax("contrib.schedule_free_adamw", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3) | warm | decay,
              dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-2, weight_lr_power=1.5) | warm | decay, name="schedule-free-adamw" + name,
              tolerance=1e-6 if warm else 1e-12)
