"""NAdam. PyTorch 2.15.0 (default type float64) and Keras 3.15.1 executed."""
TEXT = ("nadam(lr={lr}, beta1={betas_1}, beta2={betas_2}, epsilon={eps}, momentum_decay={momentum_decay}, weight_decay={weight_decay}, "
        "decoupled_weight_decay={decoupled_weight_decay})")
PLAIN = dict(betas=(0.9, 0.99), eps=1e-4, momentum_decay=4e-3, weight_decay=0.0, decoupled_weight_decay=False)
torch("NAdam", dict(lr=0.01), dict(lr=0.003, betas=(0.8, 0.95), eps=1e-3, momentum_decay=0.05))
torch("NAdam", dict(lr=0.01) | PLAIN, dict(PLAIN, lr=0.02, betas=(0.8, 0.95), eps=1e-3, momentum_decay=0.3), name="nadam-plain", also=[TEXT])
torch("NAdam", PLAIN | dict(weight_decay=0.02), PLAIN | dict(weight_decay=0.3, momentum_decay=0.1), name="nadam-coupled-rates", also=[TEXT])
torch("NAdam", dict(PLAIN, lr=0.01, weight_decay=0.02, decoupled_weight_decay=True),
      dict(PLAIN, lr=0.003, weight_decay=0.3, decoupled_weight_decay=True), name="nadam-decoupled", also=[TEXT])
torch("NAdam", dict(lr=0.01, maximize=True), dict(lr=0.003, maximize=True), name="nadam-maximize")
keras("Nadam", dict(learning_rate=0.01), dict(learning_rate=0.003, beta_1=0.8, beta_2=0.95, epsilon=1e-3, weight_decay=0.3),
      also=[])
