#!/usr/bin/env python3
"""Values and gradients of executed PyTorch and Keras losses: what LossGoldenTest of the module nn is checked against.

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 keras==3.15.1 jax==0.10.2
    venv/bin/python tools/golden/losses.py > nn/src/test/resources/golden/losses.tsv

Everything is float64. Lines of the output, fields parted by tabs: `version name number`, and
`case source loss prediction targets weights value gradient`: who computed it, the loss in Thalweg's
text form, the predictions as `rows columns : numbers`, targets in the same form or as `rows : class
indices`, weights of the samples or `-`, the loss, and its derivative by each prediction. Numbers
are the shortest text that reads back.
"""
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import keras
import numpy as np
import torch
import torch.nn.functional as F

keras.config.set_floatx("float64")
# Keras takes means in float32 whatever it is given: result_type("float64", "float32") of
# keras/src/backend/common/dtypes.py is float32. Here they are taken in float64.
keras.src.backend.numpy.mean = lambda x, axis=None, keepdims=False: jnp.mean(x, axis, keepdims=keepdims)
torch.set_default_dtype(torch.float64)

random = np.random.default_rng(20261122)


def numbers(values):
    return " ".join(repr(float(x)) for x in np.ravel(values))


def tensor(values):
    values = np.asarray(values)
    return " ".join(str(n) for n in values.shape) + " : " + numbers(values)


def line(source, text, prediction, target, weights, value, gradient):
    print(
        "case", source, text, tensor(prediction), tensor(target),
        "-" if weights is None else numbers(weights), repr(float(value)), numbers(gradient),
        sep="\t",
    )  # fmt: skip


def by_torch(text, prediction, target, loss):
    x = torch.tensor(prediction, requires_grad=True)
    value = loss(x, torch.tensor(target))
    value.backward()
    line("torch", text, prediction, target, None, value.item(), x.grad.numpy())


def by_keras(text, prediction, target, loss, weights=None, read=lambda t: t):
    def f(x):
        return loss(read(jnp.asarray(target)), x, sample_weight=weights)

    x = jnp.asarray(prediction)
    line("keras", text, prediction, target, weights, f(x), jax.grad(f)(x))


def main():
    for module in (torch, keras, jax):
        print("version", module.__name__, module.__version__, sep="\t")
    k = keras.losses
    weights = np.array([0.5, 2.0, 0.0, 1.25, 3.0])

    # Numbers.
    y = random.normal(0, 2, (5, 3))
    t = random.normal(0, 2, (5, 3))
    column, wanted = random.normal(0, 2, (5, 1)), random.normal(0, 2, (5, 1))
    for a, b in ((y, t), (column, wanted), (1e4 * y, t)):
        by_torch("mse", a, b, F.mse_loss)
        by_torch("mse_sum", a, b, lambda p, q: F.mse_loss(p, q, reduction="sum"))
        by_torch("mae", a, b, F.l1_loss)
        by_torch("mae(reduction=sum)", a, b, lambda p, q: F.l1_loss(p, q, reduction="sum"))
        by_torch("huber", a, b, F.huber_loss)
        by_torch("huber(delta=0.3)", a, b, lambda p, q: F.huber_loss(p, q, delta=0.3))
        by_torch(
            "huber(delta=2.5, reduction=sum)", a, b, lambda p, q: F.huber_loss(p, q, delta=2.5, reduction="sum")
        )
        by_keras("mse", a, b, k.MeanSquaredError(), weights)
        by_keras("mae", a, b, k.MeanAbsoluteError(), weights)
        by_keras("huber(delta=0.3)", a, b, k.Huber(0.3), weights)
    by_keras("mae(reduction=sum)", column, wanted, k.MeanAbsoluteError(reduction="sum"), weights)

    # Classes.
    logits = random.normal(0, 3, (5, 4))
    extreme = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4], [0.0, 0.0, -1e4], [1e4, 1e4, 1e4]])
    soft = random.dirichlet(np.ones(4), 5)
    soft[1] = [0, 0.25, 0.75, 0]
    of_class = np.array([0.5, 2.0, 1.0, 3.0])
    for x, labels in ((logits, np.array([3, 0, 1, 1, 2])), (extreme, np.array([0, 0, 2, 1]))):
        c = x.shape[1]
        w = of_class[:c]
        shown = ", ".join(f"{v:g}" for v in w)
        hot = np.eye(c)[labels]
        by_torch("softmax_cross_entropy", x, labels, F.cross_entropy)
        by_torch("softmax_cross_entropy", x, hot, F.cross_entropy)
        for argument, reduction in (("", "mean"), (", reduction=sum", "sum")):
            by_torch(
                f"softmax_cross_entropy(label_smoothing=0.1{argument})", x, labels,
                lambda p, q: F.cross_entropy(p, q, label_smoothing=0.1, reduction=reduction),
            )  # fmt: skip
            by_torch(
                f"softmax_cross_entropy(class_weights=({shown}){argument})", x, labels,
                lambda p, q: F.cross_entropy(p, q, torch.tensor(w), reduction=reduction),
            )  # fmt: skip
            by_torch(
                f"softmax_cross_entropy(label_smoothing=0.3, class_weights=({shown}){argument})", x, labels,
                lambda p, q: F.cross_entropy(p, q, torch.tensor(w), label_smoothing=0.3, reduction=reduction),
            )  # fmt: skip
        by_torch(
            "kl", x, hot,
            lambda p, q: F.kl_div(F.log_softmax(p, 1), q, reduction="batchmean"),
        )  # fmt: skip
        by_keras("categorical_hinge", x, hot, k.CategoricalHinge())
        by_keras("categorical_hinge(reduction=sum)", x, hot, k.CategoricalHinge(reduction="sum"))
        by_keras(
            "categorical_hinge", x, labels, k.CategoricalHinge(), read=lambda q: jax.nn.one_hot(q, c, dtype="float64")
        )
        by_keras("softmax_cross_entropy", x, labels, k.SparseCategoricalCrossentropy(from_logits=True))
        by_keras(
            "softmax_cross_entropy(label_smoothing=0.1)", x, hot,
            k.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
        )  # fmt: skip
        by_keras(
            "softmax_cross_entropy(label_smoothing=0.1)", x, hot,
            k.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
            weights[: len(x)],
        )  # fmt: skip
        by_keras(
            "softmax_cross_entropy(reduction=sum)", x, labels,
            k.SparseCategoricalCrossentropy(from_logits=True, reduction="sum"),
            weights[: len(x)],
        )  # fmt: skip
        by_keras(
            "categorical_hinge", x, hot, k.CategoricalHinge(), weights[: len(x)]
        )
    by_torch("softmax_cross_entropy", logits, soft, F.cross_entropy)
    by_torch(
        "softmax_cross_entropy(label_smoothing=0.2)", logits, soft,
        lambda p, q: F.cross_entropy(p, q, label_smoothing=0.2),
    )  # fmt: skip
    # By its sum: under class weights PyTorch's mean over distributions is another.
    by_torch(
        "softmax_cross_entropy(class_weights=(0.5, 2, 1, 3), reduction=sum)", logits, soft,
        lambda p, q: F.cross_entropy(p, q, torch.tensor(of_class), reduction="sum"),
    )  # fmt: skip
    by_torch("kl", logits, soft, lambda p, q: F.kl_div(F.log_softmax(p, 1), q, reduction="batchmean"))
    by_torch("kl(reduction=sum)", logits, soft, lambda p, q: F.kl_div(F.log_softmax(p, 1), q, reduction="sum"))
    by_keras("categorical_hinge", logits, soft, k.CategoricalHinge())

    # Two classes from one number.
    for x in (random.normal(0, 3, (6, 1)), np.array([[1e4], [-1e4], [1e4], [-1e4], [0.0], [700.0]])):
        yes = np.array([[1.0], [0.0], [0.0], [1.0], [1.0], [0.0]])
        maybe = np.array([[0.9], [0.0], [0.3], [1.0], [0.5], [0.25]])
        six = np.array([1.0, 0.5, 2.0, 0.0, 3.0, 1.5])
        for t in (yes, maybe):
            by_torch("bce", x, t, F.binary_cross_entropy_with_logits)
            by_torch(
                "bce(reduction=sum)", x, t,
                lambda p, q: F.binary_cross_entropy_with_logits(p, q, reduction="sum"),
            )  # fmt: skip
            # pos_weight divides by the number of logits, so only its sum is ours.
            by_torch(
                "bce(class_weights=(1, 3), reduction=sum)", x, t,
                lambda p, q: F.binary_cross_entropy_with_logits(p, q, pos_weight=torch.tensor(3.0), reduction="sum"),
            )  # fmt: skip
            by_keras("bce", x, t, k.BinaryCrossentropy(from_logits=True))
            by_keras("bce(label_smoothing=0.1)", x, t, k.BinaryCrossentropy(from_logits=True, label_smoothing=0.1))
            by_keras("bce", x, t, k.BinaryCrossentropy(from_logits=True), six)
        by_keras("hinge", x, yes, k.Hinge())
        by_keras("hinge(reduction=sum)", x, yes, k.Hinge(reduction="sum"))
        by_keras("hinge", x, 2 * yes - 1, k.Hinge())
        by_keras("hinge", x, yes, k.Hinge(), six)
    many, answers = random.normal(0, 3, (4, 3)), (random.random((4, 3)) < 0.5) * 1.0
    by_torch("bce", many, answers, F.binary_cross_entropy_with_logits)
    by_keras("bce", many, answers, k.BinaryCrossentropy(from_logits=True))
    by_keras("hinge", many, answers, k.Hinge())

    # Rows, counts, quantiles, overlaps.
    for rows in (random.normal(0, 2, (5, 4)), 1e-3 * random.normal(0, 1, (5, 4))):
        others = random.normal(0, 2, (5, 4))
        for argument, reduction in (("", "mean"), ("(reduction=sum)", "sum")):
            by_torch(
                f"cosine{argument}", rows, others,
                lambda p, q: F.cosine_embedding_loss(p, q, torch.ones(5), reduction=reduction),
            )  # fmt: skip
        for text, margin in (("triplet", 1.0), ("triplet(margin=4)", 4.0)):
            by_torch(
                text, rows, random.normal(0, 2, (5, 2, 4)),
                lambda p, q: F.triplet_margin_loss(p, q[:, 0], q[:, 1], margin=margin),
            )  # fmt: skip
        for text, tau in (("info_nce", 0.07), ("info_nce(temperature=0.5)", 0.5)):
            by_torch(
                text, rows, others,
                lambda p, q: F.cross_entropy(F.normalize(p) @ F.normalize(q).T / tau, torch.arange(5)),
            )  # fmt: skip
        counts = random.poisson(3, (5, 4)) * 1.0
        by_torch("poisson", rows, counts, F.poisson_nll_loss)
        by_torch("poisson(reduction=sum)", rows, counts, lambda p, q: F.poisson_nll_loss(p, q, reduction="sum"))
        for text, wanted in (("quantile", others), ("quantile(0.9)", others), ("quantile(0.1, 0.3, 0.5, 0.9)", others[:, :1])):
            shares = {"quantile": [0.5], "quantile(0.9)": [0.9]}.get(text, [0.1, 0.3, 0.5, 0.9])
            q = torch.tensor(shares)
            by_torch(text, rows, wanted, lambda p, t: torch.maximum(q * (t - p), (q - 1) * (t - p)).mean())
        mask = (random.random((5, 4)) < 0.4) * 1.0
        mask[0] = 0
        dice = lambda t, p, sample_weight: k.Dice(axis=1)(t, jax.nn.sigmoid(p), sample_weight=sample_weight)  # noqa: E731
        by_keras("dice", rows, mask, dice)
        by_keras("dice", rows, mask, dice, weights)
    for text, alpha, gamma in (("focal", 1, 2), ("focal(gamma=0)", 1, 0), ("focal(gamma=1.5, alpha=0.25)", 0.25, 1.5)):
        focal = k.CategoricalFocalCrossentropy(alpha=alpha, gamma=gamma, from_logits=True)
        by_keras(text, logits, np.eye(4)[[3, 0, 1, 1, 2]], focal)
        by_keras(text, logits, soft, focal, weights)

    # Sequences that say shorter ones.
    steps = random.normal(0, 2, (4, 7, 5))
    said = np.array([[1, 2, 2, 4], [3, -1, -1, -1], [-1, -1, -1, -1], [4, 3, 2, 1]])

    def ctc(blank, lengths, zero=False, reduction="mean"):
        def loss(p, q):
            sizes = (q >= 0).sum(1)
            logs = F.log_softmax(p, 2).transpose(0, 1)
            return F.ctc_loss(
                logs, q.clamp(min=0).long(), torch.tensor(lengths), sizes, blank, reduction, zero_infinity=zero
            )

        return loss

    by_torch("ctc", steps, said, ctc(0, [7] * 4))
    by_torch("ctc(reduction=sum)", steps, said, ctc(0, [7] * 4, reduction="sum"))
    by_torch("ctc(blank=4)", steps, said % 4 * (said >= 0) - (said < 0), ctc(4, [7] * 4))
    by_torch("ctc", 200 * steps, said, ctc(0, [7] * 4))
    by_torch("ctc", np.tile(steps, (1, 20, 1)), np.tile(np.where(said < 0, 1, said), (1, 10)), ctc(0, [140] * 4))
    by_torch("ctc(zero_infinity=true)", steps[:, :4], said, ctc(0, [4] * 4, True))
    for lengths in ([7, 1, 3, 4], [5, 7, 0, 6]):
        x = torch.tensor(steps, requires_grad=True)
        value = ctc(0, lengths)(x, torch.tensor(said))
        value.backward()
        print("ctc", " ".join(map(str, lengths)), tensor(steps), tensor(said), repr(value.item()), numbers(x.grad.numpy()), sep="\t")

    # Weights.
    w = random.normal(0, 1, (4, 3))
    for l1, l2 in ((0.0, 0.01), (0.02, 0.0), (0.02, 0.01)):
        penalty = keras.regularizers.L1L2(l1, l2)
        gradient = jax.grad(lambda v: penalty(v))(jnp.asarray(w))
        print("penalty", l1, l2, tensor(w), repr(float(penalty(w))), numbers(gradient), sep="\t")
    for bound in (0.5, 1.5, 2.0):
        print("norm", bound, tensor(w), numbers(keras.constraints.MaxNorm(bound, axis=0)(jnp.asarray(w))), sep="\t")


if __name__ == "__main__":
    main()
