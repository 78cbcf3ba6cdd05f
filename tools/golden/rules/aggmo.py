"""Aggregated momentum. torch_optimizer 0.3.0 executed."""
from torch_optimizer import AggMo


def aggmo(parameters, lr, beta1, beta2, beta3):
    return AggMo(parameters, lr=lr, betas=(beta1, beta2, beta3))


TEXT = "aggmo(lr={lr}, beta1={beta1}, beta2={beta2}, beta3={beta3})"
reference("aggmo", "torch_optimizer", aggmo, dict(lr=0.1, beta1=0.0, beta2=0.9, beta3=0.99),
          dict(lr=0.02, beta1=0.3, beta2=0.8, beta3=0.95), TEXT)
reference("aggmo-rates", "torch_optimizer", aggmo, dict(beta1=0.1, beta2=0.9, beta3=0.99),
          dict(beta1=0.3, beta2=0.8, beta3=0.95), TEXT)
