#!/usr/bin/env python3
"""Metrics computed by scikit-learn: what MetricsGoldenTest of the module train is checked against.

    python3 -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tools/golden/metrics.py > train/src/test/resources/golden/metrics.tsv

Lines of the output, fields parted by tabs: `version name number`; `classes name k outputs labels`
(outputs are logits, float32 numbers, row after row; one number a row for two classes where k is 1)
or `numbers name predictions targets`; then for each metric `value name value` of the case above it.
A confusion matrix is written row after row.
"""
import numpy as np
import scipy.special
import sklearn
from sklearn import metrics as m
from sklearn.calibration import _TemperatureScaling


def show(values):
    return " ".join(repr(float(x)) for x in np.ravel(values))


def value(name, values):
    print("value", name, show(values), sep="\t")


def classes(name, outputs, labels):
    outputs = np.asarray(outputs, dtype=np.float32).astype(np.float64)
    k = outputs.shape[1]
    print("classes", name, k, show(outputs), show(labels), sep="\t")
    if k == 1:
        p = scipy.special.expit(outputs[:, 0])
        predicted = (outputs[:, 0] > 0).astype(int)
        probabilities = np.stack([1 - p, p], axis=1)
        k = 2
    else:
        probabilities = scipy.special.softmax(outputs, axis=1)
        predicted = outputs.argmax(axis=1)
    every = list(range(k))
    value("accuracy", m.accuracy_score(labels, predicted))
    value("confusion_matrix", m.confusion_matrix(labels, predicted, labels=every))
    for average in ("macro", "micro", "weighted"):
        p, r, f, _ = m.precision_recall_fscore_support(labels, predicted, average=average, zero_division=0)
        value("precision_" + average, p)
        value("recall_" + average, r)
        value("f1_" + average, f)
    p, r, f, n = m.precision_recall_fscore_support(labels, predicted, labels=every, zero_division=0)
    value("precision", p)
    value("recall", r)
    value("f1", f)
    value("support", n)
    value("log_loss", m.log_loss(labels, probabilities, labels=every))
    present = set(int(l) for l in labels)
    calibrated(outputs, probabilities, labels, predicted)
    if k == 2:
        value("brier", m.brier_score_loss(labels, probabilities[:, 1]))
        value("pr_auc", m.average_precision_score(labels, probabilities[:, 1]))
        p, r, _ = m.precision_recall_curve(labels, probabilities[:, 1])
        value("best_f1", np.max(2 * p * r / np.maximum(p + r, 1e-300)))
        if len(present) == 2:
            value("roc_auc", m.roc_auc_score(labels, probabilities[:, 1]))
    else:
        value("brier", m.brier_score_loss(labels, probabilities, labels=every))
        if len(present) == k:
            value("pr_auc", m.average_precision_score(labels, probabilities, average="macro"))
            value("roc_auc", m.roc_auc_score(labels, probabilities, multi_class="ovr", average="macro"))
        for top in range(2, k):
            value(f"top_{top}", m.top_k_accuracy_score(labels, outputs, k=top, labels=every))
    for c in every:
        if c in present and len(present) > 1:
            value(f"pr_auc_{c}", m.average_precision_score(np.asarray(labels) == c, probabilities[:, c]))
            value(f"roc_auc_{c}", m.roc_auc_score(np.asarray(labels) == c, probabilities[:, c]))


def calibrated(outputs, probabilities, labels, predicted):
    if np.array_equal(labels, predicted):
        return  # the colder the better
    if set(int(l) for l in labels) != set(range(probabilities.shape[1])):
        return  # scikit-learn counts the classes among the labels
    logits = outputs if outputs.shape[1] > 1 else np.concatenate([0 * outputs, outputs], axis=1)
    fitted = _TemperatureScaling().fit(logits, np.asarray(labels))
    if abs(np.log(fitted.beta_)) > 9.9:
        return  # the end of the range in which it is looked for
    value("temperature", 1 / fitted.beta_)
    value("calibrated_log_loss", m.log_loss(labels, scipy.special.softmax(logits * fitted.beta_, axis=1)))


def numbers(name, predictions, targets):
    predictions = np.asarray(predictions, dtype=np.float32).astype(np.float64)
    targets = np.asarray(targets, dtype=np.float32).astype(np.float64)
    print("numbers", name, show(predictions), show(targets), sep="\t")
    value("mae", m.mean_absolute_error(targets, predictions))
    value("rmse", m.root_mean_squared_error(targets, predictions))
    value("r2", m.r2_score(targets, predictions))


def main():
    for module in (sklearn, np):
        print("version", module.__name__, module.__version__, sep="\t")
    random = np.random.default_rng(20261122)
    labels = random.integers(0, 4, 60)
    outputs = random.normal(0, 1.5, (60, 4)) + 1.5 * np.eye(4)[labels]
    classes("four classes", outputs, labels)
    # Rows that are alike have equal probabilities. Equal outputs within a row there are none:
    # of those scikit-learn takes the last, not the first.
    few = np.round(outputs[:12]) + np.array([0, 0.01, 0.02, 0.03])
    classes("rows that are alike", np.tile(few, (5, 1)), labels)
    classes("a class without a row", outputs, np.where(labels == 2, 1, labels))
    hidden = outputs.copy()
    hidden[:, 2] = -20  # less, and scikit-learn would clip the probability
    classes("a class never predicted", hidden, labels)
    classes("a class that does not occur", hidden, np.where(labels == 2, 1, labels))
    yes = random.random(80) < 0.3
    two = random.normal(0, 1, (80, 2)) + np.outer(yes, [-0.5, 1.0])
    classes("two classes", two, yes.astype(int))
    one = random.normal(0, 2, (80, 1)) + np.outer(yes, [2.0]) - 1
    classes("one logit", one, yes.astype(int))
    classes("one logit with ties", np.round(one), yes.astype(int))
    classes("all right", 4 * np.eye(3)[[0, 1, 2, 1]], [0, 1, 2, 1])
    t = random.normal(3, 2, 50)
    numbers("numbers", t + random.normal(0, 0.7, 50), t)
    numbers("worse than the mean", random.normal(-3, 2, 50), t)
    numbers("far from 0", 1e6 + random.normal(0, 3, 50), 1e6 + random.normal(0, 3, 50))
    numbers("exact", t, t)


if __name__ == "__main__":
    main()
