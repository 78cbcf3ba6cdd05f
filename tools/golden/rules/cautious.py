"""The cautious variant. timm 1.0.31 executed: AdamW with caution; a sum of gradients as its momentum here, with
another least mean, as no library has that."""
AdamW = timm("adamw").AdamWLegacy


def adamw(parameters, lr, beta1, beta2, eps, weight_decay):
    return AdamW(parameters, lr=lr, betas=(beta1, beta2), eps=eps, weight_decay=weight_decay, caution=True)


reference("cautious-adamw", "timm", adamw,
          dict(lr=0.01, beta1=0.9, beta2=0.99, eps=1e-3, weight_decay=0.1),
          dict(lr=0.003, beta1=0.8, beta2=0.95, eps=1e-2, weight_decay=0.3),
          "decay({weight_decay}) | cautious | adamw(lr={lr}, beta1={beta1}, beta2={beta2}, epsilon={eps}, weight_decay=0)")


def cautious(state, p, g, t, lr, momentum, least):
    m = state["m"] = momentum * state.get("m", 0) + g
    mask = m * g > 0
    return p - lr * m * mask / max(mask.mean(), least)


function("cautious-momentum", "arXiv 2411.16085, algorithm 2", cautious, dict(lr=0.05, momentum=0.9, least=0.4),
         dict(momentum=0.8, least=0.6), "cautious(least={least}) | momentum(lr={lr}, momentum={momentum})")

SMALL = "Of the larger one of cautious-momentum each is found; no mask of AdamW is so small here."
for fault in ("share: max(mean(move * g < 0), least) became mean(move * g < 0)", "share: least became lr",
              "share: least became epsilon"):
    survives("cautious-adamw-a decay | cautious | adamw", fault, SMALL)
for formula in ("cautious-adamw-a decay | cautious | adamw", "cautious-momentum-a cautious | momentum"):
    survives(formula, "late: move = 0", "At the end of the step it is 0 at the beginning of the next.")
alike("cautious-momentum-a cautious | momentum", "momentum: form=two_rates",
      "Two rates are the trace where the inner one is 1, as it is if nothing is said.")
