"""Keras' ScheduleFreeAdamW, on JAX."""
PLAIN = dict(beta_1=0.9, beta_2=0.99, epsilon=1e-3)
OTHER = dict(beta_1=0.8, beta_2=0.95, epsilon=1e-2)
keras("ScheduleFreeAdamW", dict(PLAIN, learning_rate=0.01), OTHER)
keras("ScheduleFreeAdamW", dict(PLAIN, learning_rate=0.01, warmup_steps=10), dict(OTHER, warmup_steps=7), name="schedulefreeadamw-warmup")
keras("ScheduleFreeAdamW", dict(PLAIN, learning_rate=0.01, weight_decay=0.1), dict(OTHER, weight_decay=0.3), name="schedulefreeadamw-decay")
keras("ScheduleFreeAdamW", dict(PLAIN, learning_rate=0.01, weight_decay=0.1, warmup_steps=10), dict(OTHER, weight_decay=0.3, warmup_steps=5),
      name="schedulefreeadamw-both")
