"""Lesson 09 by other means: Python's own lists and statistics, and scikit-learn's metrics."""

import statistics

import numpy as np
from sklearn.metrics import accuracy_score, precision_score, recall_score


def three_parts(x, y, order, n_val, n_test):
    """Row by row into three lists."""
    parts = {"train": [], "val": [], "test": []}
    for place, row in enumerate(order.tolist()):
        name = "test" if place < n_test else "val" if place < n_test + n_val else "train"
        parts[name].append(row)
    return [np.array([a.tolist()[row] for row in rows]) for rows in parts.values() for a in (x, y)]


def standardized(x_train, x_val, x_test):
    """Column by column, with the standard library's mean and spread."""
    columns = [(statistics.fmean(c), statistics.pstdev(c) or 1.0) for c in x_train.T.tolist()]

    def standardized_row(row):
        return [(value - mean) / spread for value, (mean, spread) in zip(row, columns, strict=True)]

    return [np.array([standardized_row(row) for row in part.tolist()]) for part in (x_train, x_val, x_test)]


def decisions(probabilities, threshold):
    return np.array([int(not p < threshold) for (p,) in probabilities.tolist()])


def scores(labels, decisions):
    return (
        accuracy_score(labels, decisions),
        precision_score(labels, decisions, zero_division=0),
        recall_score(labels, decisions, zero_division=0),
    )


def highest_threshold(probabilities, labels, thresholds, needed):
    recalls = [recall_score(labels, (probabilities >= t).astype(int)) for t in thresholds]
    return float(thresholds[max(i for i, recall in enumerate(recalls) if recall >= needed)])


ORACLES = {
    "split": three_parts,
    "standardize": standardized,
    "decide": decisions,
    "scores": scores,
    "choose-threshold": highest_threshold,
}
