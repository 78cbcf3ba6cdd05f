"""NAdamW: Optax 0.2.8 and timm 1.0.31."""
optax("nadam", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3), dict(b1=0.8, b2=0.95, eps=1e-2),
      also=["nadamw(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay=0)"])
optax("nadamw", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3, weight_decay=0.1),
      dict(b1=0.8, b2=0.95, eps=1e-2, weight_decay=0.3),
      also=["nadamw(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay={weight_decay})"])
for call in ("nadam", "nadamw"):
    for same in (dict(eps_root=1e-3), dict(nesterov=False), dict(eps_root=1e-3, nesterov=False)):
        optax(call, dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-3) | same, dict(b1=0.8, b2=0.95, eps=1e-2) | same,
              name="-".join([call, *(k.replace("_", "-") for k in same)]))
NAdamW = timm("nadamw").NAdamW
for decay in (0.0, 0.1):
    reference("nadamw-timm" + ("-decay" if decay else ""), "timm",
              lambda ps, lr, betas, eps, weight_decay: NAdamW(ps, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay),
              dict(lr=0.01, betas=(0.9, 0.99), eps=1e-3, weight_decay=decay),
              dict(betas=(0.8, 0.95), eps=1e-2, weight_decay=3 * decay), call="timm.optim.NAdamW",
              text="nadamw(lr={lr}, beta1={betas_1}, beta2={betas_2}, epsilon={eps}, weight_decay={weight_decay}, same_correction=true)")
