"""SM3: Optax 0.2.8, of which the ε is fixed; with another one by its parts."""
import optax as package

optax("sm3", dict(learning_rate=0.1, momentum=0.9), dict(learning_rate=0.02, momentum=0.8),
      also=["sm3(lr={learning_rate}, momentum={momentum})"], tolerance=1e-10)
optax("sm3", dict(learning_rate=0.1, b1=0.9, eps=1e-2), dict(b1=0.8, eps=1e-3), name="sm3-epsilon", tolerance=1e-10,
      call="optax.chain(optax.scale_by_sm3({b1}, 1.0, {eps}), optax.scale_by_learning_rate({learning_rate}))",
      text="sm3(lr={learning_rate}, momentum={b1}, epsilon={eps})")
