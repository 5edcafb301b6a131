"""What several exercises of lesson 14 share."""


def recurrent_weights(rng, inputs, units, parts=1):
    """A random kernel, recurrent kernel and bias."""
    return (
        rng.normal(size=(inputs, parts * units)),
        rng.normal(size=(units, parts * units)),
        rng.normal(size=parts * units),
    )
