"""Yogi. Optax 0.2.8 executed."""
TEXT = "yogi(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps})"
optax("yogi", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3), dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-2), also=[TEXT])
optax("yogi", dict(b1=0.9, b2=0.99, eps=1e-3), dict(b1=0.8, b2=0.95, eps=1e-2), name="yogi-rates", also=[TEXT])
INITIAL = "optax.chain(optax.scale_by_yogi(b1={b1}, b2={b2}, eps={eps}, initial_accumulator_value={initial}), optax.scale_by_learning_rate({learning_rate}))"
optax("yogi", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3, initial=0.01),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-2, initial=0.1), name="yogi-initial", call=INITIAL,
      text="yogi(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, initial_accumulator={initial})")
