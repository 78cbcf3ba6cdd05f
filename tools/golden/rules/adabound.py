"""AdaBound. torch_optimizer 0.3.0 (the authors' code) executed."""
from torch_optimizer import AdaBound


def adabound(parameters, lr, beta1, beta2, eps, final_lr, gamma):
    return AdaBound(parameters, lr=lr, betas=(beta1, beta2), eps=eps, final_lr=final_lr, gamma=gamma)


TEXT = "adabound(lr={lr}, beta1={beta1}, beta2={beta2}, epsilon={eps}, final_lr={final_lr}, gamma={gamma})"
reference("adabound", "torch_optimizer", adabound, dict(lr=0.01, beta1=0.9, beta2=0.99, eps=1e-3, final_lr=0.1, gamma=0.05),
          dict(lr=0.003, beta1=0.8, beta2=0.95, eps=1e-2, final_lr=0.01, gamma=0.3), TEXT)
reference("adabound-slow", "torch_optimizer", adabound, dict(lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8, final_lr=0.1, gamma=0.001),
          dict(lr=0.05, beta1=0.8, beta2=0.95, eps=1e-4, final_lr=0.03, gamma=0.01), TEXT)
