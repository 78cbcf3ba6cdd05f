"""StableAdamW. pytorch_optimizer 4.1.0 executed."""
from pytorch_optimizer import StableAdamW


def stable(parameters, lr, beta1, beta2, eps, weight_decay):
    return StableAdamW(parameters, lr=lr, betas=(beta1, beta2), eps=eps, weight_decay=weight_decay, kahan_sum=False)


TEXT = "stable_adamw(lr={lr}, beta1={beta1}, beta2={beta2}, epsilon={eps}, weight_decay={weight_decay})"
reference("stable-adamw", "pytorch_optimizer", stable, dict(lr=0.01, beta1=0.9, beta2=0.99, eps=1e-3, weight_decay=0.02),
          dict(lr=0.003, beta1=0.8, beta2=0.95, eps=1e-2, weight_decay=0.3), TEXT)
reference("stable-adamw-rates", "pytorch_optimizer", stable, dict(beta1=0.9, beta2=0.99, eps=1e-3, weight_decay=0.0),
          dict(beta1=0.8, beta2=0.95, eps=1e-2, weight_decay=0.0), TEXT)
