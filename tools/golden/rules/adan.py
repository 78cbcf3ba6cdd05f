"""Adan. timm 1.0.31 executed, whose form is the authors'; Optax 0.2.8 has 1 − β₂ where they have β₂."""
Adan = timm("adan").Adan


def adan(parameters, lr, beta1, beta2, beta3, eps, weight_decay, no_prox):
    return Adan(parameters, lr=lr, betas=(beta1, beta2, beta3), eps=eps, weight_decay=weight_decay, no_prox=no_prox)


BASE = "adan(lr={lr}, beta1={beta1}, beta2={beta2}, beta3={beta3}, epsilon={eps}, weight_decay={weight_decay}, decay=%s)"
for name, no_prox, decay in (("adan", False, "proximal"), ("adan-decoupled", True, "decoupled")):
    reference(name, "timm", adan, dict(lr=0.01, beta1=0.98, beta2=0.92, beta3=0.99, eps=1e-3, weight_decay=0.02, no_prox=no_prox),
              dict(lr=0.003, beta1=0.8, beta2=0.7, beta3=0.95, eps=1e-2, weight_decay=0.3, no_prox=no_prox), BASE % decay)
reference("adan-rates", "timm", adan, dict(beta1=0.98, beta2=0.92, beta3=0.99, eps=1e-3, weight_decay=0.0, no_prox=False),
          dict(beta1=0.8, beta2=0.7, beta3=0.95, eps=1e-2, weight_decay=0.0, no_prox=False), BASE % "proximal")
