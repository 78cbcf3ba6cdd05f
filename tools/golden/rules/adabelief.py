"""AdaBelief. Optax 0.2.8 executed."""
TEXT = "adabelief(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, epsilon_root={eps_root}, nesterov={nesterov})"
for nesterov in (False, True):
    name = "adabelief-nesterov" if nesterov else "adabelief"
    optax("adabelief", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-4, eps_root=1e-6, nesterov=nesterov),
          dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-2, eps_root=1e-3, nesterov=nesterov), name=name, also=[TEXT])
optax("adabelief", dict(b1=0.9, b2=0.99, eps=1e-3, eps_root=1e-4, nesterov=False),
      dict(b1=0.8, b2=0.95, eps=1e-2, eps_root=1e-3, nesterov=False), name="adabelief-rates", also=[TEXT])
