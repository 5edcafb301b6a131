"""Random weights of recurrent layers for the cases of lesson 14."""


def recurrent_weights(rng, inputs, units, parts=1):
    """A random kernel, recurrent kernel and bias."""
    return (
        rng.normal(size=(inputs, parts * units)),
        rng.normal(size=(units, parts * units)),
        rng.normal(size=parts * units),
    )
