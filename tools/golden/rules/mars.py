"""MARS: timm 1.0.31, whose first step is the paper's; the same for vectors and matrices."""
Mars = timm("mars").Mars


def mars(parameters, lr, beta1, beta2, gamma, eps, weight_decay):
    return Mars(parameters, lr=lr, betas=(beta1, beta2), gamma=gamma, eps=eps, weight_decay=weight_decay, optimize_1d=True)


for decay in (0.0, 0.1):
    reference("mars" + ("-decay" if decay else ""), "timm", mars,
              dict(lr=0.01, beta1=0.95, beta2=0.99, gamma=0.05, eps=1e-3, weight_decay=decay),
              dict(beta1=0.8, beta2=0.95, gamma=0.3, eps=1e-2, weight_decay=3 * decay),
              text="mars(lr={lr}, beta1={beta1}, beta2={beta2}, gamma={gamma}, epsilon={eps}, weight_decay={weight_decay})")
