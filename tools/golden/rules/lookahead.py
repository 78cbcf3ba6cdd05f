"""Lookahead around momentum. pytorch_optimizer 4.1.0 executed, whose slow weights begin as the weights."""
import torch as library
from pytorch_optimizer import Lookahead


def lookahead(parameters, lr, momentum, k, alpha):
    return Lookahead(library.optim.SGD(parameters, lr=lr, momentum=momentum), k=k, alpha=alpha)


TEXT = "lookahead(k={k}, alpha={alpha}) | momentum(lr={lr}, momentum={momentum})"
reference("lookahead", "pytorch_optimizer", lookahead, dict(lr=0.1, momentum=0.9, k=5, alpha=0.5),
          dict(lr=0.02, momentum=0.8, k=3, alpha=0.8), TEXT)
reference("lookahead-rates", "pytorch_optimizer", lookahead, dict(momentum=0.9, k=4, alpha=0.5),
          dict(momentum=0.8, k=2, alpha=0.3), TEXT)

FORMULA = "lookahead-a lookahead | momentum"
survives(FORMULA, "due: t == k * floor(t / k) became k * floor(t / k) == t", "It is the same.")
survives(FORMULA, "due: t / k became (t + 1) / k", "Of whole numbers and k above 1 it is the same: only a multiple of k is one.")
alike("lookahead-a lookahead | momentum", "momentum: form=two_rates",
      "Two rates are the trace where the inner one is 1, as it is if nothing is said.")
