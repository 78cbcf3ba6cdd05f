"""Sign descent. Optax 0.2.8 executed."""
optax("sign_sgd", dict(learning_rate=0.01), dict(learning_rate=0.003), also=["sign_sgd(lr={lr})"])
