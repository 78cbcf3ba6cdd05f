"""Adafactor. PyTorch 2.15.0 executed; Keras 3.15.1, of which means are float32; the paper's
algorithms 4 and 5 in float64, of which Keras' is checked by the same lines."""

torch("Adafactor", dict(lr=0.02, beta2_decay=-0.7, eps=(1e-3, 1e-2), d=2.0, weight_decay=0.1),
      dict(beta2_decay=-0.8, eps=(1e-2, 1e-3), d=1.0, weight_decay=0.3), tolerance=1e-10)
torch("Adafactor", dict(lr=0.02, eps=(1e-3, 1e-2), maximize=True), dict(eps=(1e-2, 1e-3), maximize=True),
      name="adafactor-maximize", tolerance=1e-10)
torch("Adafactor", dict(lr=0.02, eps=(1e-3, 1e-2), maximize=True, weight_decay=0.1),
      dict(eps=(1e-2, 1e-3), maximize=True, weight_decay=0.2), name="adafactor-maximize-decay", tolerance=1e-10)
torch("Adafactor", dict(lr=0.02, eps=(1e-3, 1e-2)), dict(eps=(1e-2, 1e-3)), name="adafactor-plain",
      tolerance=1e-10)


def algorithm(state, p, g, t, lr, beta2_decay=-0.8, epsilon1=1e-30, epsilon2=1e-3, threshold=1.0, weight_decay=0.0,
              relative_step=True):
    rms = lambda x: np.sqrt(np.mean(x * x))
    size = max(epsilon2, rms(p)) * (min(lr, t**-0.5) if relative_step else lr)
    p = p - lr * weight_decay * p
    weight = t**beta2_decay
    square = g * g + epsilon1
    average = lambda name, x: state.update({name: (1 - weight) * state.get(name, 0) + weight * x}) or state[name]
    if p.ndim > 1:
        r, c = average("r", square.mean(-1, keepdims=True)), average("c", square.mean(-2, keepdims=True))
        v = r * c / r.mean()
    else:
        v = average("v", square)
    u = g / np.sqrt(v)
    return p - size * u / max(1.0, rms(u) / threshold)


OWN = ("adafactor(lr={lr}, beta2_decay={beta2_decay}, epsilon1={epsilon1}, epsilon2={epsilon2}, threshold={threshold}, "
       "weight_decay={weight_decay}, relative_step={relative_step})")
for relative in (True, False):
    for decay in (0.0, 0.1):
        function("-".join(["adafactor", "relative" if relative else "given"] + (["decay"] if decay else [])),
                 "Shazeer & Stern 2018, algorithms 4 and 5", algorithm,
                 dict(lr=0.3, beta2_decay=-0.7, epsilon1=1e-3, epsilon2=1e-2, threshold=0.5, weight_decay=decay,
                      relative_step=relative),
                 dict(beta2_decay=-0.8, epsilon1=1e-2, epsilon2=1e-3, threshold=1.0, weight_decay=2 * decay,
                      relative_step=relative), text=OWN, tolerance=1e-10)
keras("Adafactor", dict(learning_rate=0.02, beta_2_decay=-0.7, epsilon_1=1e-3, epsilon_2=1e-2, clip_threshold=0.5),
      dict(beta_2_decay=-0.8, epsilon_1=1e-2, epsilon_2=1e-3, clip_threshold=1.0, weight_decay=0.2), tolerance=1e-6)
