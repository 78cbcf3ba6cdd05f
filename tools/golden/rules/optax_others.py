"""Optax 0.2.8: calls whose order of operations, or whose defect, no method of ours has."""
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
for nesterov in (False, True):
    optax("lars", dict(learning_rate=0.5, weight_decay=0.1, trust_coefficient=0.02, eps=1e-2, momentum=0.9, nesterov=nesterov),
          dict(weight_decay=0.3, trust_coefficient=0.05, eps=1e-3, momentum=0.8, nesterov=nesterov),
          name="lars" + ("-nesterov" if nesterov else ""))
    optax("optimistic_adam_v2", dict(BETAS, learning_rate=0.01, alpha=0.7, beta=0.6, nesterov=nesterov),
          dict(OTHERS, alpha=1.2, beta=0.4, eps_root=1e-3, nesterov=nesterov), name="optimistic-adam-v2" + ("-nesterov" if nesterov else ""))
    optax("optimistic_adam", dict(BETAS, learning_rate=0.01, optimism=0.007, nesterov=nesterov),
          dict(OTHERS, learning_rate=0.003, eps_root=1e-3, nesterov=nesterov), name="optimistic-adam" + ("-nesterov" if nesterov else ""))
optax("contrib.acprop", dict(BETAS, learning_rate=0.01, eps_root=1e-4), dict(OTHERS, eps_root=1e-3))
optax("contrib.acprop", dict(BETAS, learning_rate=0.01, eps_root=1e-4, weight_decay=0.1), dict(OTHERS, eps_root=1e-3, weight_decay=0.3),
      name="acprop-decay")
for warm in ({}, dict(warmup_steps=10)):
    for decay in ({}, dict(weight_decay=0.1)):
        name = ("-warmup" if warm else "") + ("-decay" if decay else "")
        optax("contrib.schedule_free_sgd", dict(learning_rate=0.1, b1=0.9) | warm | decay,
              dict(learning_rate=0.03, b1=0.8, weight_lr_power=1.5) | warm | decay, name="schedule-free-sgd" + name)
        optax("contrib.schedule_free_adamw", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3) | warm | decay,
              dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-2, weight_lr_power=1.5) | warm | decay, name="schedule-free-adamw" + name)
