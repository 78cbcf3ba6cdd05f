"""CAME: pytorch_optimizer 4.1.0, whose update is that of the authors' code."""
from pytorch_optimizer import CAME

TEXT = ("came(lr={lr}, beta1={betas_1}, beta2={betas_2}, beta3={betas_3}, epsilon1={eps1}, epsilon2={eps2}, "
        "threshold={clip_threshold}, weight_decay={weight_decay})")
for decay in (0.0, 0.1):
    reference("came" + ("-decay" if decay else ""), "pytorch_optimizer", CAME,
              dict(lr=0.02, betas=(0.9, 0.99, 0.999), eps1=1e-3, eps2=1e-2, clip_threshold=0.5, weight_decay=decay),
              dict(betas=(0.8, 0.95, 0.9), eps1=1e-2, eps2=1e-3, clip_threshold=1.0, weight_decay=3 * decay),
              text=TEXT, tolerance=1e-10)
