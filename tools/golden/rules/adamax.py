"""Adamax. PyTorch 2.15.0, Keras 3.15.1 and Optax 0.2.8 executed."""
torch("Adamax", dict(lr=0.01), dict(lr=0.003, betas=(0.8, 0.95), eps=1e-3), also=["adamax(lr={lr})"] and [])
torch("Adamax", dict(lr=0.01, eps=1e-2, weight_decay=0.02), dict(lr=0.003, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.3),
      name="adamax-decay")
torch("Adamax", dict(betas=(0.9, 0.99), eps=1e-2, maximize=True), dict(betas=(0.8, 0.95), eps=1e-3, maximize=True),
      name="adamax-maximize-rates")
keras("Adamax", dict(learning_rate=0.01, epsilon=1e-2), dict(learning_rate=0.003, beta_1=0.8, beta_2=0.95, epsilon=1e-3),
      also=["adamax(lr={lr}, beta1=0.9, beta2=0.999, epsilon={epsilon}, epsilon_place=outside)"] and [])
keras("Adamax", dict(learning_rate=0.01), dict(learning_rate=0.003, beta_1=0.8, beta_2=0.95, weight_decay=0.3), name="adamax-decay")
TEXT = "adamax(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps})"
optax("adamax", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-2), dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-3), also=[TEXT])
COUPLED = "optax.chain(optax.add_decayed_weights({weight_decay}), optax.adamax({learning_rate}, b1={b1}, b2={b2}, eps={eps}))"
optax("adamax", dict(learning_rate=0.01, b1=0.9, b2=0.99, eps=1e-2, weight_decay=0.02),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-3, weight_decay=0.3), name="adamax-coupled", call=COUPLED,
      text="adamax(lr={lr}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay={weight_decay})")


def adamax_outside(s, p, g, t, lr, beta1, beta2, epsilon, weight_decay):
    """Kingma & Ba 2015, algorithm 2, ε beside the maximum, the decay coupled."""
    g = g + weight_decay * p
    s["m"] = beta1 * s.get("m", 0 * p) + (1 - beta1) * g
    s["u"] = np.maximum(beta2 * s.get("u", 0 * p), np.abs(g))
    return p - lr / (1 - beta1**t) * s["m"] / (s["u"] + epsilon)


function("adamax-outside-decay", "numpy, from the formula", adamax_outside,
         dict(lr=0.01, beta1=0.9, beta2=0.99, epsilon=1e-2, weight_decay=0.02),
         dict(lr=0.003, beta1=0.8, beta2=0.95, epsilon=1e-3, weight_decay=0.3),
         "adamax(lr={lr}, beta1={beta1}, beta2={beta2}, epsilon={epsilon}, epsilon_place=outside, weight_decay={weight_decay})")
keras("Adamax", dict(beta_1=0.9, beta_2=0.99, epsilon=1e-2), dict(beta_1=0.8, beta_2=0.95, epsilon=1e-3), name="adamax-rates",
      also=["adamax(lr={lr}, beta1={beta_1}, beta2={beta_2}, epsilon={epsilon}, epsilon_place=outside)"])
