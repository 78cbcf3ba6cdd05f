"""Fromage. Optax 0.2.8 executed."""
TEXT = "fromage(lr={lr}, min_norm={min_norm})"
optax("fromage", dict(learning_rate=0.1, min_norm=1e-6), dict(learning_rate=0.02, min_norm=3.0), also=[TEXT])
