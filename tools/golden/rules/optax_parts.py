"""Optax 0.2.8: parts of optimizers as transformations of their own. Those whose formulas are an optimizer's, whose faults are tried
there, have a larger tolerance."""
import optax as optax_package

BETAS = (dict(b1=0.9, b2=0.99, eps=1e-3), dict(b1=0.8, b2=0.95, eps=1e-2))


def part(name, a, b, behind="optax.scale_by_learning_rate({learning_rate})", label="", tolerance=1e-12, single=1e-5, only="", also=()):
    """`only`: arguments that are Python's alone."""
    short = name.split(".")[-1]
    signature("optax." + short, functools.reduce(getattr, name.split("."), optax_package))
    shown = ", ".join(f"{k}={{{k}}}" for k in a if k != "learning_rate")
    optax(name, dict(a, learning_rate=0.02), dict(b, learning_rate=0.007), name=short.replace("_", "-") + label, tolerance=tolerance, single=single, also=also,
          call=f"optax.chain(optax.{name}({shown}{', ' + only if only else ''}), {behind})",
          text=f"optax.{short}({shown}) | {behind}")


part("scale_by_yogi", *(h | dict(eps_root=root, initial_accumulator_value=first) for h, root, first in zip(BETAS, (1e-4, 1e-3), (1e-3, 1e-2))), tolerance=1e-11,
     also=["yogi({learning_rate}, {b1}, {b2}, {eps}, {initial_accumulator_value}, {eps_root})"])
for mode in ("hard", "smooth", "refined"):
    more = () if mode == "hard" else (dict(smooth_beta=3.0), dict(smooth_beta=0.5)) if mode == "smooth" else ()
    a, b = (dict(b1=0.9, b2=0.99, mode=mode), dict(b1=0.8, b2=0.95, mode=mode))
    part("scale_by_lion", a | (more[0] if more else {}), b | (more[1] if more else {}), label="-" + mode)
part("scale_by_sm3", dict(b1=0.9, b2=0.95, eps=1e-3), dict(b1=0.8, b2=0.8, eps=1e-2), also=["sm3({learning_rate}, {b1}, {eps}, {b2})"])
part("scale_by_sm3", dict(b1=0.9, b2=1.0, eps=1e-3), dict(b1=0.8, b2=1.0, eps=1e-2), label="-whole", tolerance=1e-11)
part("scale_by_trust_ratio", dict(min_norm=20.0, trust_coefficient=0.3, eps=0.1), dict(min_norm=1.5, trust_coefficient=2.0, eps=0.3))
part("scale_by_trust_ratio", dict(min_norm=0.0, trust_coefficient=0.3, eps=0.0), dict(min_norm=0.0, trust_coefficient=2.0, eps=0.0), label="-bare")
part("scale_by_param_block_norm", dict(min_scale=1e-3), dict(min_scale=20.0))
part("scale_by_param_block_rms", dict(min_scale=1e-3), dict(min_scale=9.0))
part("scale_by_distance_over_gradients", dict(reps_rel=0.1, eps=1e-3, global_scale=0.7), dict(reps_rel=0.01, eps=1e-2, global_scale=1.5),
     behind="optax.scale_by_learning_rate(0.5)", only="param_dtype=jnp.float64")
part("contrib.scale_by_cocob", dict(alpha=100.0, eps=1e-8), dict(alpha=20.0, eps=1e-3), behind="optax.scale(1.0)", tolerance=1e-11)
part("centralize", {}, {})
signature("optax.scale_by_muon", optax_package.contrib.scale_by_muon)
signature("optax.reduce_on_plateau", optax_package.contrib.reduce_on_plateau)
signature("optax.lbfgs", optax_package.lbfgs)
for same in (dict(), dict(nesterov=False), dict(adaptive=True), dict(preconditioning="aol"), dict(preconditioning="schatten"),
             dict(preconditioning="spectral")):
    a, b = dict(beta=0.9, eps=1e-3) | same, dict(beta=0.8, eps=1e-2, ns_steps=4, ns_coeffs=(2.0, -1.5, 0.5)) | same
    for label, h in (("a", a), ("b", b)):
        shown = ", ".join(f"{k}={{{k}}}" for k in h)
        optax("contrib.scale_by_muon", a | dict(learning_rate=0.02), b, jit=True, tolerance=1e-10, only=label,
              name="-".join(["scale-by-muon", *(str(v).lower() for k in same for v in (k, same[k]))]),
              call="optax.partition({{'m': optax.chain(optax.contrib.scale_by_muon(" + shown
              + ", weight_dimension_numbers=lambda _: {{'vector': optax.MaskedNode(), 'matrix': optax.contrib.MuonDimensionNumbers()}})"
              + ", optax.scale_by_learning_rate({learning_rate})), 'v': optax.sgd(0.1)}}, {{'vector': 'v', 'matrix': 'm'}})",
              text="optax.sgd(0.1) for 'matrix': optax.scale_by_muon(" + shown + ") | optax.scale_by_learning_rate({learning_rate})")
optax("contrib.scale_by_madgrad", dict(learning_rate=0.02, momentum=0.9, eps=1e-3), dict(learning_rate=0.007, momentum=0.8, eps=1e-2),
      name="scale-by-madgrad", tolerance=1e-6)  # its root of the step is a float32
for name, more in (("", {}), ("-whole", dict(factored=False))):
    part("scale_by_factored_rms", dict(more, decay_rate=0.8, step_offset=0, min_dim_size_to_factor=3, epsilon=1e-3),
         dict(more, decay_rate=0.6, step_offset=-3, min_dim_size_to_factor=2, epsilon=1e-2), label=name, tolerance=1e-6)  # in float32
optax("keep_params_nonnegative", dict(learning_rate=0.3), dict(learning_rate=0.1), name="keep-params-nonnegative",
      call="optax.chain(optax.sgd({learning_rate}), optax.keep_params_nonnegative())", text="optax.sgd({learning_rate}) | optax.keep_params_nonnegative()")
signature("optax.keep_params_nonnegative", optax_package.keep_params_nonnegative)

# Schedule-free by a rate that changes: its weights look one step ahead.
for label, rates in (("a", "drop"), ("b", "zigzag")):
    for name, call, text_of in (
            ("sgd", lambda rate: optax_package.contrib.schedule_free_sgd(rate, weight_decay=0.1), "optax.schedule_free_sgd({lr}, weight_decay=0.1)"),
            ("adamw", lambda rate: optax_package.contrib.schedule_free_adamw(rate, eps=1e-3, weight_decay=0.1), "optax.schedule_free_adamw({lr}, eps=1e-3, weight_decay=0.1)"),
            ("around", lambda rate: optax_package.contrib.schedule_free(optax_package.sgd(rate), rate, b1=0.8), "optax.schedule_free({lr}, b1=0.8) | optax.sgd({lr})")):
        def run(gradients, table=RATES[rates], call=call):
            import jax.numpy as jnp

            numbers = jnp.asarray(np.append(table, table[-1]))  # behind the last one the schedule stays
            solver = call(lambda count: numbers[count])
            p = {k: v.copy() for k, v in START.items()}
            state = solver.init(p)
            for g in gradients:
                updates, state = solver.update(g, state, p)
                p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
                yield p

        add(f"optax-schedule-free-{name}-changing-{label}", version("optax"), text_of.format(lr=rates), "lr", {}, "{" + rates + "}", rates,
            [text_of], run, 1e-11, 1e-5)
