"""SGDW. timm 1.0.31 executed."""
SGDW = timm("sgdw").SGDW
TEXT = "sgdw(lr={lr}, momentum={momentum}, weight_decay={weight_decay}, nesterov={nesterov})"
reference("sgdw", "timm", SGDW, dict(lr=0.1, momentum=0.9, weight_decay=0.02, nesterov=False),
          dict(lr=0.02, momentum=0.6, weight_decay=0.3, nesterov=False), TEXT)
reference("sgdw-nesterov-rates", "timm", SGDW, dict(momentum=0.9, weight_decay=0.02, nesterov=True),
          dict(momentum=0.6, weight_decay=0.3, nesterov=True), TEXT)
reference("sgdw-nesterov", "timm", SGDW, dict(lr=0.1, momentum=0.9, weight_decay=0.0, nesterov=True),
          dict(lr=0.02, momentum=0.6, weight_decay=0.0, nesterov=True), TEXT)
reference("sgdw-no-decay", "timm", SGDW, dict(lr=0.1, momentum=0.9, weight_decay=0.0, nesterov=False),
          dict(lr=0.02, momentum=0.6, weight_decay=0.0, nesterov=False), TEXT)
