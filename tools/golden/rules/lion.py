"""Lion. Optax 0.2.8 and Keras 3.15.1 executed."""
TEXT = "lion(lr={lr}, beta1={b1}, beta2={b2}, weight_decay={weight_decay})"

optax("lion", dict(learning_rate=0.01, b1=0.9, b2=0.99, weight_decay=0.01),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, weight_decay=0.3), also=[TEXT])
optax("lion", dict(b1=0.9, b2=0.99, weight_decay=0.0), dict(b1=0.7, b2=0.9, weight_decay=0.0),
      name="lion-rates", also=[TEXT])
keras("Lion", dict(learning_rate=0.01), dict(learning_rate=0.003, beta_1=0.8, beta_2=0.95, weight_decay=0.3))
