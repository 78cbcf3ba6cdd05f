"""Normalised descent. Optax 0.2.8 executed."""
TEXT = "normalized(lr={lr}, epsilon={eps})"
CALL = "optax.chain(optax.normalize_by_update_norm(eps={eps}), optax.scale_by_learning_rate({learning_rate}))"
optax("scale_by_learning_rate", dict(learning_rate=0.1, eps=1e-2), dict(learning_rate=0.02, eps=0.3), name="normalized", call=CALL, text=TEXT)
optax("scale_by_learning_rate", dict(eps=1e-2), dict(eps=0.3), name="normalized-rates", call=CALL, text=TEXT)
