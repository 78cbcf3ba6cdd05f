"""MADGRAD. timm 1.0.31 executed; Optax 0.2.8 takes √t in float32."""
MADGRAD = timm("madgrad").MADGRAD
TEXT = "madgrad(lr={lr}, momentum={momentum}, epsilon={eps}, weight_decay={weight_decay})"
reference("madgrad", "timm", MADGRAD, dict(lr=0.01, momentum=0.9, eps=1e-4, weight_decay=0.0),
          dict(lr=0.003, momentum=0.5, eps=1e-2, weight_decay=0.0), TEXT)
reference("madgrad-decay-rates", "timm", MADGRAD, dict(momentum=0.9, eps=1e-4, weight_decay=0.02),
          dict(momentum=0.5, eps=1e-2, weight_decay=0.3), TEXT)
optax("contrib.madgrad", dict(learning_rate=0.01, momentum=0.9, eps=1e-4), dict(learning_rate=0.003, momentum=0.5, eps=1e-2),
      tolerance=1e-6)
optax("contrib.madgrad", dict(learning_rate=0.01, weight_decay=0.02), dict(learning_rate=0.003, weight_decay=0.3),
      name="madgrad-decay", tolerance=1e-6)

survives('madgrad-a madgrad', 'z: abs(v) became v',
         'A sum of squares is not negative.')
survives('madgrad-a madgrad', 'z: sign(v) * abs(v)^(1 / 3) became abs(v)^(1 / 3)',
         'A sum of squares is not negative.')
survives('madgrad-decay-rates-a madgrad', 'z: abs(v) became v',
         'A sum of squares is not negative.')
survives('madgrad-decay-rates-a madgrad', 'z: sign(v) * abs(v)^(1 / 3) became abs(v)^(1 / 3)',
         'A sum of squares is not negative.')
