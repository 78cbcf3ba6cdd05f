"""AdEMAMix. Optax 0.2.8 executed."""
TEXT = "ademamix(lr={lr}, beta1={b1}, beta2={b2}, beta3={b3}, alpha={alpha}, epsilon={eps}, weight_decay={weight_decay})"
optax("contrib.ademamix", dict(learning_rate=0.01, b1=0.9, b2=0.99, b3=0.999, alpha=5.0, eps=1e-3, weight_decay=0.02),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, b3=0.98, alpha=2.0, eps=1e-2, weight_decay=0.3), also=[TEXT])
optax("contrib.ademamix", dict(b1=0.9, b2=0.99, b3=0.999, alpha=5.0, eps=1e-3, weight_decay=0.0),
      dict(b1=0.8, b2=0.95, b3=0.98, alpha=2.0, eps=1e-2, weight_decay=0.0), name="ademamix-rates", also=[TEXT])
ROOT = "ademamix(lr={lr}, alpha=5, epsilon_root={eps_root}, weight_decay={weight_decay})"
optax("contrib.ademamix", dict(learning_rate=0.01, eps_root=1e-3, weight_decay=0.0),
      dict(learning_rate=0.003, eps_root=1e-2, weight_decay=0.0), name="ademamix-root", also=[ROOT])
optax("contrib.ademamix", dict(learning_rate=0.01, eps_root=1e-3, weight_decay=0.02),
      dict(learning_rate=0.003, eps_root=1e-2, weight_decay=0.3), name="ademamix-root-decay", also=[ROOT])
