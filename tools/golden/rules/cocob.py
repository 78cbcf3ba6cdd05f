"""COCOB: Optax 0.2.8."""
for decay in (0.0, 0.1):
    optax("contrib.cocob", dict(learning_rate=1.0, alpha=10.0, eps=1e-3, weight_decay=decay),
          dict(alpha=2.0, eps=1e-2, weight_decay=3 * decay), name="cocob" + ("-decay" if decay else ""),
          also=["cocob(lr={lr}, alpha={alpha}, epsilon={eps}, weight_decay={weight_decay})"])
