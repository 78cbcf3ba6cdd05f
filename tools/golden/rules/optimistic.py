"""Optimistic descent. Optax 0.2.8 executed."""
TEXT = "optimistic(lr={lr}, alpha={alpha}, beta={beta})"
optax("optimistic_gradient_descent", dict(learning_rate=0.1, alpha=1.0, beta=1.0),
      dict(learning_rate=0.02, alpha=0.7, beta=1.5), also=[TEXT])
optax("optimistic_gradient_descent", dict(alpha=1.0, beta=0.8), dict(alpha=0.7, beta=1.5),
      name="optimistic-rates", also=[TEXT])
