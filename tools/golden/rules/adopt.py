"""ADOPT. Optax 0.2.8 executed, whose form is the authors'."""
TEXT = "adopt(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, clipping={use_clipping}, nesterov={nesterov})"
for clipping in (True, False):
    for nesterov in (False, True):
        optax("contrib.adopt",
              dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-2, use_clipping=clipping, nesterov=nesterov),
              dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-1, use_clipping=clipping, nesterov=nesterov),
              name=f"adopt{'' if clipping else '-unclipped'}{'-nesterov' if nesterov else ''}", also=[TEXT])
optax("contrib.adopt", dict(b1=0.9, b2=0.99, eps=1e-2, use_clipping=True, nesterov=False),
      dict(b1=0.8, b2=0.95, eps=1e-1, use_clipping=True, nesterov=False), name="adopt-rates", also=[TEXT])
