"""Cautious decay around momentum: no library has it; written from arXiv 2510.12402, algorithm 1."""


def cautious_decay(state, p, g, t, lr, momentum, weight_decay):
    m = state["m"] = momentum * state.get("m", 0) + g
    return p - lr * m - lr * weight_decay * p * (m * p >= 0)


TEXT = "cautious_decay({weight_decay}) | momentum(lr={lr}, momentum={momentum})"
function("cautious-decay", "arXiv 2510.12402, algorithm 1", cautious_decay,
         dict(lr=0.05, momentum=0.9, weight_decay=0.3), dict(momentum=0.8, weight_decay=0.1), TEXT)

FORMULA = "cautious-decay-a cautious_decay | momentum"
for fault in ("lr * v became v", "lr became momentum", "lr became weight_decay"):
    survives(FORMULA, "move: " + fault, "Only the sign of the move is looked at.")
survives(FORMULA, "late: move = 0", "At the end of the step it is 0 at the beginning of the next.")
survives(FORMULA, "late: p = p - lr * v", "Both are subtracted from the parameter as it was.")
alike("cautious-decay-a cautious_decay | momentum", "momentum: form=two_rates",
      "Two rates are the trace where the inner one is 1, as it is if nothing is said.")
