"""LaProp. timm 1.0.31 executed, at constant rates, where its rate within the average is the paper's."""
LaProp = timm("laprop").LaProp


def laprop(parameters, lr, beta1, beta2, eps):
    return LaProp(parameters, lr=lr, betas=(beta1, beta2), eps=eps)


TEXT = "laprop(lr={lr}, beta1={beta1}, beta2={beta2}, epsilon={eps})"
reference("laprop", "timm", laprop, dict(lr=0.01, beta1=0.9, beta2=0.99, eps=1e-3), dict(lr=0.003, beta1=0.8, beta2=0.95, eps=1e-2), TEXT)
