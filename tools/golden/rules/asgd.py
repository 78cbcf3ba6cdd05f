"""ASGD: PyTorch 2.15.0; with neither falling rate nor decay its steps are plain."""
for decay in (0.0, 0.1):
    torch("ASGD", dict(lr=0.1, lambd=1e-2, alpha=0.75, t0=10.0, weight_decay=decay),
          dict(lambd=0.1, alpha=0.5, t0=0.0, weight_decay=3 * decay), name="asgd" + ("-decay" if decay else ""))
torch("ASGD", dict(lr=0.1, lambd=0.01, maximize=True), dict(lr=0.02, lambd=0.1, maximize=True), name="asgd-maximize")
torch("ASGD", dict(lr=0.1, lambd=0.01, weight_decay=0.1, maximize=True), dict(lr=0.02, lambd=0.1, weight_decay=0.3, maximize=True),
      name="asgd-decay-maximize")
torch("ASGD", dict(lr=0.1, lambd=0.0), dict(lr=0.02, lambd=0.0), name="asgd-plain",
      also=["asgd(lr={lr})", "asgd(lr={lr}, start=5)"])
