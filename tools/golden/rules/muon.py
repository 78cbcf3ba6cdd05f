"""Muon. Executed: Optax 0.2.8 in float64; Keras 3.15.1, of which some numbers are float32; PyTorch
2.15.0 as it is, in bfloat16, and with float64 in its place; Optax' orthogonalisation within the step
of muon.py in KellerJordan/Muon (857d1ad)."""
import types

import jax
import jax.numpy as jnp
import torch as torch_package
from optax.contrib import _muon

JORDAN = (3.4445, -4.775, 2.0315)
YOU = _muon._DION_NS_COEFFS
# timm 1.0.31, timm.optim.muon, "polar_express": with a safety of 1e-2
POLAR = timm("muon")._COEFFICIENTS["polar_express"]
SAFER = [(a / 1.01, b / 1.01**3, c / 1.01**5) for a, b, c in POLAR[:1]] + POLAR[1:]


@functools.partial(jax.jit, static_argnames=("steps", "which"))
def compiled(x, epsilon, steps, which):
    table = dict(jordan=[JORDAN], you=YOU, polar_express=SAFER)[which]
    return _muon.orthogonalize_via_newton_schulz(
        x, jnp.asarray((table + [table[-1]] * steps)[:steps]), steps, eps=epsilon)


def orthogonal(x, steps, which, epsilon):
    return np.asarray(compiled(jnp.asarray(x), epsilon, steps, which))


def adamw(state, p, g, t, lr):
    state["m"] = 0.9 * state.get("m", 0) + 0.1 * g
    state["v"] = 0.999 * state.get("v", 0) + 0.001 * g * g
    p = p - lr * 0.01 * p
    return p - lr * state["m"] / (1 - 0.9**t) / (np.sqrt(state["v"] / (1 - 0.999**t)) + 1e-8)


def jordan(state, p, g, t, lr, coefficients="jordan", scale="jordan", momentum=0.95, nesterov=True,
           weight_decay=0.0, ns_steps=5, epsilon=1e-7):
    if p.ndim < 2:
        return adamw(state, p, g, t, 1e-3)
    m = state["m"] = momentum * state.get("m", np.zeros_like(p)) + (1 - momentum) * g
    u = momentum * m + (1 - momentum) * g if nesterov else m
    if coefficients == "polar_express":  # x / (1.01 ‖x‖ + ε) is x / 1.01 over ‖x‖ + ε / 1.01
        u = orthogonal(u, ns_steps, coefficients, epsilon / 1.01)
    else:
        u = orthogonal(u, ns_steps, coefficients, epsilon)
    rows, columns = p.shape
    factor = dict(jordan=max(1, columns / rows) ** 0.5, rms=0.2 * max(rows, columns) ** 0.5,
                  spectral=(columns / rows) ** 0.5, unit=1)[scale]
    return p - lr * weight_decay * p - lr * factor * u


VECTORS = " for rank<2: adamw(0.001)"
OWN = ("muon(lr={lr}, momentum={momentum}, nesterov={nesterov}, weight_decay={weight_decay}, "
       "coefficients={coefficients}, ns_steps={ns_steps}, scale={scale}, epsilon={epsilon})" + VECTORS)
SOURCE = version("optax") + ", orthogonalize_via_newton_schulz, in the step of KellerJordan/Muon 857d1ad"
for coefficients in ("jordan", "you", "polar_express"):
    for nesterov in (True, False):
        for scale in ("jordan", "rms", "spectral", "unit"):
            for decay in (0, 1):
                if (coefficients != "jordan") + (not nesterov) + (scale != "jordan") + decay > 2:
                    continue
                name = "-".join(["muon", coefficients.replace("_", "-"), scale]
                                + ([] if nesterov else ["plain"]) + (["decay"] if decay else []))
                same = dict(coefficients=coefficients, scale=scale, nesterov=nesterov)
                function(name, SOURCE, jordan,
                         same | dict(lr=0.02, momentum=0.9, weight_decay=0.1 * decay, ns_steps=5, epsilon=1e-3),
                         same | dict(momentum=0.8, weight_decay=0.3 * decay, ns_steps=4, epsilon=1e-2),
                         text=OWN, tolerance=1e-10)

CHANGES = [dict(), dict(nesterov=False), dict(adaptive=True), dict(consistent_rms=0.3), dict(ns_coeffs="dion"),
           dict(preconditioning="aol"), dict(preconditioning="schatten"), dict(preconditioning="spectral"),
           dict(weight_decay=0.2)]
for same in CHANGES:
    optax("contrib.muon", dict(learning_rate=0.02, beta=0.9, eps=1e-3) | same,
          dict(beta=0.8, eps=1e-2, ns_steps=6 if "ns_coeffs" in same else 4, adam_b1=0.8, adam_b2=0.95,
               adam_eps_root=1e-3, adam_weight_decay=0.1, adam_learning_rate=0.02) | same,
          name="-".join(["muon", *(str(v).lower() for k in same for v in (k.replace("_", "-"), same[k]))]),
          jit=True, tolerance=1e-10)

for same in (dict(), dict(nesterov=False), dict(exclude_embeddings=False), dict(rms_rate=None)):
    keras("Muon", dict(learning_rate=0.02, momentum=0.9) | same,
          dict(momentum=0.8, ns_steps=4, weight_decay=0.2, adam_beta_1=0.8, adam_beta_2=0.95, epsilon=1e-3,
               adam_weight_decay=0.1, adam_lr_ratio=0.5, muon_a=2.0, muon_b=-1.5, muon_c=0.5)
          | (same or dict(rms_rate=0.3)),
          name="-".join(["muon", *(k.replace("_", "-") for k in same)]), tolerance=1e-7)


class Both:
    """Muon for the matrix, AdamW for the vector, under one rate."""

    def __init__(self, parameters, lr, **h):
        self.muon = torch_package.optim.Muon([p for p in parameters if p.ndim == 2], lr=lr, **h)
        self.adam = torch_package.optim.AdamW([p for p in parameters if p.ndim != 2], lr=1e-3)
        self.param_groups = self.muon.param_groups

    def step(self):
        self.muon.step()
        self.adam.step()


signature("torch.Muon", torch_package.optim.Muon, first=1)
MODULE = sys.modules["torch.optim._muon"]
EXACT = types.SimpleNamespace(**vars(torch_package))
EXACT.bfloat16 = torch_package.float64
TORCH = "torch.Muon(lr={lr}{rest}) for rank<2: torch.AdamW(lr=0.001)"
for same in (dict(), dict(nesterov=False), dict(adjust_lr_fn="original"), dict(adjust_lr_fn="match_rms_adamw"),
             dict(adjust_lr_fn="spectral_unclamped"), dict(nesterov=False, adjust_lr_fn="match_rms_adamw"),
             dict(nesterov=False, adjust_lr_fn="spectral_unclamped")):
    a = dict(lr=0.02, momentum=0.9, weight_decay=0.0, eps=1e-3) | same
    b = dict(momentum=0.8, weight_decay=0.3, eps=0.5, ns_steps=4, ns_coefficients=(2.0, -1.5, 0.5)) | same
    def text(h):
        return TORCH.replace("{rest}", "".join(f", {k}={{{k}}}" for k in h if k != "lr"))
    for exact in (True, False):
        MODULE.torch = EXACT if exact else torch_package
        library = version("torch") + (" with float64 for bfloat16" if exact else "")
        for label, h in (("a", a), ("b", b)):
            reference("-".join(["torch-muon", *(str(v) for v in same.values()),
                                *([] if exact else ["bfloat16"])]).lower().replace("_", "-"),
                      library, Both, a, b, tolerance=1e-10 if exact else 2e-2, call="torch.optim.Muon",
                      text=text(h), only=label)
MODULE.torch = torch_package
