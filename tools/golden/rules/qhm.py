"""Quasi-hyperbolic momentum. torch_optimizer 0.3.0 executed."""
from torch_optimizer import QHM
TEXT = "qhm(lr={lr}, momentum={momentum}, nu={nu})"
reference("qhm", "torch_optimizer", QHM, dict(lr=0.5, momentum=0.9, nu=0.7), dict(lr=0.1, momentum=0.99, nu=0.4), TEXT)
reference("qhm-rates", "torch_optimizer", QHM, dict(momentum=0.9, nu=0.7), dict(momentum=0.6, nu=0.9), TEXT)
