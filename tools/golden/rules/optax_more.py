"""Optax 0.2.8: Adafactor, DoG, Lookahead, and stages."""
import optax as optax_package

A = dict(learning_rate=0.05, min_dim_size_to_factor=3, decay_rate=0.8, eps=1e-3)
B = dict(learning_rate=0.02, min_dim_size_to_factor=2, decay_rate=0.6, eps=1e-2)
for name, more in (("", {}), ("-momentum", dict(momentum=0.9)), ("-decay", dict(weight_decay_rate=0.01)),
                   ("-both", dict(momentum=0.8, weight_decay_rate=0.02)), ("-absolute", dict(multiply_by_parameter_scale=False)),
                   ("-whole", dict(factored=False)), ("-bare", dict(clipping_threshold=None)),
                   ("-absolute-whole", dict(multiply_by_parameter_scale=False, factored=False)),
                   ("-absolute-momentum", dict(multiply_by_parameter_scale=False, momentum=0.9)),
                   ("-absolute-decay", dict(multiply_by_parameter_scale=False, weight_decay_rate=0.01)),
                   ("-whole-momentum", dict(factored=False, momentum=0.9)), ("-whole-decay", dict(factored=False, weight_decay_rate=0.01))):
    other = {k: v / 2 if isinstance(v, float) else v for k, v in more.items()} | dict(B, decay_offset=-3)
    if "clipping_threshold" not in more:
        other["clipping_threshold"] = 2.0
    for label, h in (("a", A | more), ("b", other)):
        shown = ", ".join(f"{k}={python(v)}" for k, v in h.items())
        kind = "jnp.float64" if "momentum" in h else "jnp.float32"
        solver = eval(f"optax.adafactor({shown}, dtype_momentum={kind})", {"optax": optax_package, "jnp": __import__("jax.numpy").numpy})

        def run(gradients, solver=solver):
            p = {k: v.copy() for k, v in START.items()}
            state = solver.init(p)
            for g in gradients:
                updates, state = solver.update(g, state, p)
                p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
                yield p

        text = f"optax.adafactor({', '.join(f'{k}={value(v)}' for k, v in h.items())})".replace("=None", "=none")
        add(f"optax-adafactor{name}-{label}", version("optax"), f"optax.adafactor({shown}, dtype_momentum={kind})", "lr", {},
            repr(h["learning_rate"]), "", [text], run, 1e-6, 1e-5)  # 1 / t^decay is taken in float32
signature("optax.adafactor", optax_package.adafactor)

for name, more in (("", {}), ("-decay", dict(weight_decay=0.1))):
    for kind, first in (("heuristic", 0.01), ("distance", 0.05), ("learning_rate", 0.02)):
        optax("contrib.dog", dict(learning_rate=1.0, init_step=(kind, first), eps=1e-3) | more,
              dict(learning_rate=0.5, init_step=(kind, first / 3), eps=1e-2) | {k: v / 2 for k, v in more.items()},
              name="dog-" + kind.replace("_", "-") + name)
for name, optimizer, own in (("sgd", optax_package.sgd, "optax.sgd"), ("adam", optax_package.adam, "optax.adam")):
    for label, lr, h in (("a", 0.1, dict(sync_period=3, slow_step_size=0.5)), ("b", 0.02, dict(sync_period=5, slow_step_size=0.3))):
        def run(gradients, solver=optax_package.lookahead(optimizer(lr, **(dict(eps=1e-3) if name == "adam" else {})), **h)):
            both = optax_package.LookaheadParams.init_synced({k: v.copy() for k, v in START.items()})
            state = solver.init(both)
            for g in gradients:
                updates, state = solver.update(g, state, both)
                both = optax_package.apply_updates(both, updates)
                yield {k: np.asarray(v) for k, v in both.fast.items()}

        within = f"{own}({lr}{', eps=1e-3' if name == 'adam' else ''})"
        arguments = ", ".join(f"{k}={v}" for k, v in h.items())
        add(f"optax-lookahead-{name}-{label}", version("optax"), f"optax.lookahead({within}, {arguments})", "lr", {}, repr(lr), "",
            [f"optax.lookahead({within}, {arguments})"], run, 1e-12, 1e-5)

for label, lr, k in (("a", 0.05, 3), ("b", 0.02, 2)):
    for mean in (True, False):
        solver = optax_package.MultiSteps(optax_package.sgd(lr, momentum=0.9), k, use_grad_mean=mean)

        def run(gradients, solver=solver):
            p = {k: v.copy() for k, v in START.items()}
            state = solver.init(p)
            for g in gradients:
                updates, state = solver.update(g, state, p)
                p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
                yield p

        call = f"optax.MultiSteps(optax.sgd({lr}, momentum=0.9), {k}, use_grad_mean={mean})"
        add(f"optax-multisteps-{'mean' if mean else 'sum'}-{label}", version("optax"), call, "lr", {}, repr(lr), "",
            [call, f"accumulate(every={k}, mean={value(mean)}) | momentum({lr}, 0.9)"], run, 1e-7, 1e-5)  # Optax counts in float32

optax("apply_every", dict(learning_rate=0.1, k=3), dict(learning_rate=0.02, k=4), name="apply-every",
      call="optax.chain(optax.trace(0.9), optax.apply_every({k}), optax.scale_by_learning_rate({learning_rate}))",
      text="optax.trace(0.9) | optax.apply_every({k}) | optax.scale_by_learning_rate({learning_rate})")
optax("normalize_by_update_norm", dict(learning_rate=0.1, scale_factor=2.0, eps=1e-2), dict(learning_rate=0.02, scale_factor=0.5, eps=0.1),
      name="normalize-by-update-norm",
      call="optax.chain(optax.normalize_by_update_norm({scale_factor}, {eps}), optax.sgd({learning_rate}))",
      text="optax.normalize_by_update_norm({scale_factor}, {eps}) | optax.sgd({learning_rate})")
optax("contrib.normalize", dict(learning_rate=0.1, decay=0.1), dict(learning_rate=0.02, decay=0.3), name="contrib-normalize",  # of 0 it makes NaN
      call="optax.chain(optax.add_decayed_weights({decay}), optax.contrib.normalize(), optax.sgd({learning_rate}))",
      text="optax.add_decayed_weights({decay}) | optax.normalize() | optax.sgd({learning_rate})")

# Directions: the formulas are those of the optimizers, whose faults are tried there, hence the tolerance.
MOMENTS = (dict(b1=0.9, b2=0.99, eps=1e-3), dict(b1=0.8, b2=0.95, eps=1e-2))
ROOTS = tuple(h | dict(eps_root=root) for h, root in zip(MOMENTS, (1e-4, 1e-3)))
for name, a, b in (
        ("scale_by_adadelta", dict(rho=0.9, eps=1e-3), dict(rho=0.8, eps=1e-2)), ("scale_by_adamax", *MOMENTS),
        ("scale_by_adan", ROOTS[0] | dict(b3=0.95), ROOTS[1] | dict(b3=0.8)), ("scale_by_amsgrad", *ROOTS),
        ("scale_by_amsgrad-raw", ROOTS[0] | dict(bias_correction_mu=False, bias_correction_nu=False), ROOTS[1] | dict(bias_correction_mu=False, bias_correction_nu=False)),
        ("scale_by_belief", *ROOTS), ("scale_by_belief-nesterov", *(h | dict(nesterov=True) for h in ROOTS)),
        ("scale_by_novograd", ROOTS[0] | dict(weight_decay=0.1), ROOTS[1] | dict(weight_decay=0.3)), ("scale_by_optimistic_gradient", dict(alpha=0.7, beta=0.6), dict(alpha=1.2, beta=0.4)),
        ("scale_by_radam", ROOTS[0] | dict(threshold=4.0), ROOTS[1] | dict(threshold=6.0)), ("scale_by_radam-nesterov", *(h | dict(nesterov=True) for h in ROOTS)),
        ("scale_by_rss", dict(initial_accumulator_value=0.2, eps=1e-3), dict(initial_accumulator_value=0.5, eps=1e-2)),
        ("scale_by_stddev", dict(decay=0.9, eps=1e-2, initial_scale=0.5), dict(decay=0.8, eps=1e-1, initial_scale=1.0)),
        ("scale_by_stddev-outside", dict(decay=0.9, eps=1e-2, initial_scale=0.5, eps_in_sqrt=False), dict(decay=0.8, eps=1e-1, initial_scale=1.0, eps_in_sqrt=False)),
        ("scale_by_stddev-correction", dict(decay=0.9, eps=1e-2, initial_scale=0.5, bias_correction=True), dict(decay=0.8, eps=1e-1, initial_scale=1.0, bias_correction=True)),
        ("scale_by_rprop", dict(initial=0.01, eta_minus=0.5, eta_plus=1.2, min_step_size=1e-3, max_step_size=0.05), dict(initial=0.003, eta_minus=0.4, eta_plus=1.3, min_step_size=1e-4, max_step_size=0.1)),
        ("scale_by_sign", {}, {}), ("contrib.scale_by_acprop", *ROOTS), ("contrib.scale_by_ademamix", ROOTS[0] | dict(b3=0.95, alpha=2.0), ROOTS[1] | dict(b3=0.97, alpha=4.0)),
        ("contrib.scale_by_simplified_ademamix", ROOTS[0] | dict(alpha=2.0), ROOTS[1] | dict(alpha=4.0)), ("contrib.scale_by_adopt", *MOMENTS),
        ("contrib.scale_by_adopt-plain", *(h | dict(nesterov=True, use_clipping=False) for h in MOMENTS))):
    call, short = name.split("-")[0], name.split("-")[0].split(".")[-1]
    shown = ", ".join(f"{'learning_rate' if k == 'initial' else k}={{{k}}}" for k in a)
    if "contrib" in call or short != "scale_by_rms":
        signature("optax." + short, functools.reduce(getattr, call.split("."), optax_package))
    optax(call, dict(a, learning_rate=0.02), dict(b, learning_rate=0.007), name=name.replace("contrib.", "").replace("_", "-"), tolerance=1e-11,
          call=f"optax.chain(optax.{call}({shown}), optax.scale_by_learning_rate({{learning_rate}}))",
          text=f"optax.{short}({shown}) | optax.scale_by_learning_rate({{learning_rate}})")
for label, rates in (("a", "drop"), ("b", "zigzag")):
    def run(gradients, table=RATES[rates]):
        for p in descended(gradients, table):
            yield p

    def descended(gradients, table):
        solver = optax_package.chain(optax_package.scale_by_schedule(lambda count: table[count]), optax_package.scale(-2.0))
        p = {k: v.copy() for k, v in START.items()}
        state = solver.init(p)
        for g in gradients:
            updates, state = solver.update(g, state, p)
            p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
            yield p

    add(f"optax-scale-by-schedule-{label}", version("optax"), "optax.chain(optax.scale_by_schedule(rates), optax.scale(-2.0))", "lr", {}, "{" + rates + "}",
        rates, ["optax.scale_by_schedule({lr}) | optax.scale(-2)"], run, 1e-11, 1e-5)
signature("optax.scale_by_schedule", optax_package.scale_by_schedule)
optax("apply_every", dict(learning_rate=0.1, k=3), dict(learning_rate=0.02, k=4), name="apply-every-alone",
      call="optax.chain(optax.apply_every({k}), optax.scale_by_learning_rate({learning_rate}))",
      text="optax.apply_every({k}) | optax.scale_by_learning_rate({learning_rate})")
