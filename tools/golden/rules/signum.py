"""Signum. Optax 0.2.8 executed."""
TEXT = "signum(lr={lr}, momentum={beta})"
optax("signum", dict(learning_rate=0.01, beta=0.9), dict(learning_rate=0.003, beta=0.6), also=[TEXT])
optax("signum", dict(beta=0.9), dict(beta=0.7), name="signum-rates", also=[TEXT])

survives('optax-signum-a optax.signum', 'm: 1 became 2',
         'The sign of an average is that of any multiple of it.')
survives('optax-signum-a optax.signum', 'm: 1 - momentum became 1 + momentum',
         'The sign of an average is that of any multiple of it.')
survives('optax-signum-a optax.signum', 'm: 1 - momentum became 1',
         'The sign of an average is that of any multiple of it.')
