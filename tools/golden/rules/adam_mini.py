"""Adam-mini. pytorch_optimizer 4.1.0 executed, which computes in float32, as the authors' code does; the same lines in float64."""
from pytorch_optimizer import AdamMini

TEXT = ("adam_mini(lr={lr}, beta1={beta1}, beta2={beta2}, epsilon={eps}, weight_decay={weight_decay})")


def adam_mini(state, p, g, t, lr, beta1, beta2, eps, weight_decay):
    p = p - lr * weight_decay * p
    m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g
    v = state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * np.mean(g * g)
    return p - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)


class Model:
    def __init__(self, parameters):
        self.parameters = parameters

    def named_parameters(self):
        return [(str(i), p) for i, p in enumerate(self.parameters)]


def executed(parameters, lr, beta1, beta2, eps, weight_decay):
    return AdamMini(Model(parameters), lr=lr, betas=(beta1, beta2), eps=eps, weight_decay=weight_decay, foreach=False)


for decay in (0.0, 0.1):
    sets_ = (dict(lr=0.01, beta1=0.9, beta2=0.99, eps=1e-3, weight_decay=decay),
             dict(beta1=0.8, beta2=0.95, eps=1e-2, weight_decay=3 * decay))
    name = "-decay" if decay else ""
    function("adam-mini" + name, "Zhang et al. 2024, algorithm 1", adam_mini, *sets_, text=TEXT)
    reference("adam-mini-single" + name, "pytorch_optimizer", executed, *sets_, text=TEXT, tolerance=1e-6,
              call="pytorch_optimizer.AdamMini")
