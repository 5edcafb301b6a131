"""Lesson 19 by other means: a clock that ticks, the bits of `struct`, whole samples instead of means."""

import struct

import numpy as np


def clocked(batches, load, compute, prefetch):
    """An event after the other: the loader and the trainer each hand on a batch."""
    loads, ends = [], []
    for number in range(batches):
        begin = 0.0 if number == 0 else loads[-1] if prefetch else ends[-1]
        loads.append(begin + load)
        ends.append(max([loads[-1], *ends[-1:]]) + compute)
    return ends[-1]


def half(value):
    """The number as 16 bits hold it, by Python's own packing, which refuses what does not fit."""
    try:
        return struct.unpack("<e", struct.pack("<e", value))[0]
    except OverflowError:
        return float("inf")


def packed(gradients, scale):
    pairs = [(g, half(float(g) * scale)) for g in gradients.ravel().tolist()]
    return (
        sum(g != 0 and h == 0 for g, h in pairs) / len(pairs),
        sum(h == float("inf") for _, h in pairs) / len(pairs),
    )


def by_weight(w, scaled_gradient, scale, good_steps, rate, patience):
    """Weight by weight, in Python's own numbers."""
    if any(g - g != 0 for g in scaled_gradient.tolist()):  # inf - inf and nan - nan are nan
        return w, scale / 2, 0
    moved = [a - rate * (g / scale) for a, g in zip(w.tolist(), scaled_gradient.tolist(), strict=True)]
    full = good_steps + 1 == patience
    return np.array(moved), scale * 2 if full else scale, 0 if full else good_steps + 1


def all_samples(gradients, counts):
    """A list with each sample's gradient, as if all its device's samples had the mean, and its mean."""
    return np.mean([g for g, n in zip(gradients, counts, strict=True) for _ in range(n)], axis=0)


ORACLES = {
    "epoch-time": clocked,
    "lost-in-half": packed,
    "scaled-step": by_weight,
    "whole-gradient": all_samples,
}
