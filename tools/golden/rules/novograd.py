"""NovoGrad. Optax 0.2.8 executed."""
TEXT = "novograd(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay={weight_decay})"
optax("novograd", dict(learning_rate=0.01, b1=0.9, b2=0.25, eps=1e-3, weight_decay=0.02),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-2, weight_decay=0.3), also=[TEXT])
optax("novograd", dict(b1=0.9, b2=0.25, eps=1e-3, weight_decay=0.0), dict(b1=0.8, b2=0.95, eps=1e-2, weight_decay=0.0),
      name="novograd-rates", also=[TEXT])
ROOT = "novograd(lr={lr}, beta1=0.9, beta2=0.25, epsilon=1e-6, epsilon_root={eps_root}, weight_decay={weight_decay})"
for decay in (True, False):
    optax("novograd", dict(learning_rate=0.01, eps_root=1e-3, weight_decay=0.02 * decay),
          dict(learning_rate=0.003, eps_root=1e-2, weight_decay=0.3 * decay),
          name=f"novograd-root{'-decay' if decay else ''}", also=[ROOT])
