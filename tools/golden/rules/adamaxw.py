"""Adamax with decoupled decay. Optax 0.2.8 executed."""
TEXT = "adamaxw(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay={weight_decay})"
optax("adamaxw", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-2, weight_decay=0.02),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-3, weight_decay=0.3), also=[TEXT])
optax("adamaxw", dict(b1=0.9, b2=0.99, eps=1e-2, weight_decay=0.0), dict(b1=0.8, b2=0.95, eps=1e-3, weight_decay=0.0),
      name="adamaxw-rates", also=[TEXT])
