"""Random numbers for one neuron, short enough to compute on paper."""


def numbers(rng, count):
    """Inputs, weights and a bias, none of them 0, with few digits so that a reader can follow a case on paper."""
    x, w = rng.uniform(0.2, 2, size=(2, count)).round(1) * rng.choice([-1, 1], size=(2, count))
    return x, w, round(float(rng.uniform(0.5, 2)), 1)
