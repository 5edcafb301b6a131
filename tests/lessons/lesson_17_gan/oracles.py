"""Lesson 17 by other means: Python's math with whole formulas, finite differences, sorting."""

import math

import numpy as np


def log_sigmoid(z):
    """log(1 / (1 + exp(-z))), one number at a time."""
    return -math.log1p(math.exp(-z)) if z > 0 else z - math.log1p(math.exp(z))


def discriminator_loss(real_logits, fake_logits):
    real = [-log_sigmoid(z) for z in np.ravel(real_logits).tolist()]
    fake = [-log_sigmoid(-z) for z in np.ravel(fake_logits).tolist()]
    return math.fsum(real) / len(real) + math.fsum(fake) / len(fake)


def generator_value(logits, saturating):
    terms = [log_sigmoid(-z) if saturating else -log_sigmoid(z) for z in logits.tolist()]
    return math.fsum(terms) / len(terms)


def slopes(function, at, step=1e-5):
    """Central differences of a function of a vector."""
    return np.array([(function(at + step * e) - function(at - step * e)) / (2 * step) for e in np.eye(len(at))])


def generator_loss(fake_logits, saturating):
    return generator_value(fake_logits, saturating), slopes(lambda z: generator_value(z, saturating), fake_logits)


def generator_turn(generator, discriminator, noise, rate):
    def loss(players):
        x = players[0] + players[1] * noise
        return generator_value(np.polynomial.Polynomial(discriminator)(x), False)

    return generator - rate * slopes(loss, generator), discriminator


def covered_modes(samples, centers, radius, share):
    """Between two places in the sorted samples."""
    ordered = np.sort(samples)
    above, below = (np.searchsorted(ordered, centers + d, side) for d, side in [(radius, "right"), (-radius, "left")])
    return sum(count >= share * len(ordered) for count in above - below)


ORACLES = {
    "discriminator-loss": discriminator_loss,
    "generator-loss": generator_loss,
    "generator-turn": generator_turn,
    "covered-modes": covered_modes,
}
