"""Resilient propagation. PyTorch 2.15.0 executed."""
TEXT = ("rprop(lr={lr}, eta_minus={etas_1}, eta_plus={etas_2}, smallest={step_sizes_1}, "
        "largest={step_sizes_2})")
torch("Rprop", dict(lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-6, 50.0)),
      dict(lr=0.003, etas=(0.4, 1.3), step_sizes=(1e-3, 0.05)), also=[TEXT])
torch("Rprop", dict(lr=0.01, maximize=True), dict(lr=0.003, etas=(0.6, 1.1), maximize=True), name="rprop-maximize")
