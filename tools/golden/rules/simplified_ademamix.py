"""Simplified AdEMAMix. Optax 0.2.8 executed."""
TEXT = "simplified_ademamix(lr={lr}, beta1={b1}, beta2={b2}, alpha={alpha}, epsilon={eps})"
optax("contrib.simplified_ademamix", dict(learning_rate=0.01, b1=0.9, b2=0.99, alpha=3.0, eps=1e-3),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, alpha=0.5, eps=1e-2), name="simplified-ademamix", also=[TEXT])
optax("contrib.simplified_ademamix", dict(b1=0.9, b2=0.99, alpha=3.0, eps=1e-3), dict(b1=0.8, b2=0.95, alpha=0.5, eps=1e-2),
      name="simplified-ademamix-rates", also=[TEXT])
ROOT = "simplified_ademamix(lr={lr}, alpha={alpha}, epsilon_root={eps_root}, weight_decay={weight_decay})"
for root in (True, False):
    for decay in (True, False):
        optax("contrib.simplified_ademamix",
              dict(learning_rate=0.01, alpha=3.0, eps_root=1e-3 * root, weight_decay=0.02 * decay),
              dict(learning_rate=0.003, alpha=0.5, eps_root=1e-2 * root, weight_decay=0.3 * decay),
              name=f"simplified-ademamix{'-root' if root else '-plain'}{'-decay' if decay else ''}", also=[ROOT])
