"""What a turn of the contest did, judged by computing it again in NumPy from the weights."""

import numpy as np

from course_utils import nn
from course_utils.exercises import plain
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import forward, is_stack

from .discriminator_loss import two_terms
from .generator_loss import loss_and_slopes

DISCRIMINATOR, GENERATOR = "the discriminator's turn", "the generator's turn"


def play(answer, real, noise, who, after=False):
    """One turn of a new contest: the weights before and after it, and the loss that it returned."""
    players = answer(noise.shape[1], real.shape[1])
    if not (hasattr(players, "generator") and hasattr(players, "discriminator")):
        return family(players)
    networks = {"generator": players.generator, "discriminator": players.discriminator}
    if after:
        players.generator_step(noise)
    before = {name: network.get_weights() for name, network in networks.items()}
    try:
        loss = players.discriminator_step(real, noise) if who == DISCRIMINATOR else players.generator_step(noise)
    except ValueError as error:
        if "Unknown variable" in str(error):  # Keras's own message lists every weight
            raise ValueError(
                "the optimizer of one network was given the weights of the other. Each network has an optimizer of its own"
            ) from None
        if not all(network.trainable_variables for network in networks.values()):
            raise ValueError(
                "a network has no trainable variables any more: `trainable` was set to False. "
                "There is no need for it. Who is not named does not move"
            ) from None
        raise
    return {
        "before": before,
        "loss": plain(loss),
        "after": {name: network.get_weights() for name, network in networks.items()},
    }


def is_turn(seen):
    """Whether the drive found two players and could let one of them have its turn."""
    return isinstance(seen, dict) and "before" in seen


def logits_of(weights, real, noise):
    """The discriminator's logits for real and for forged images, computed again from the weights."""
    generator, discriminator = weights["generator"], weights["discriminator"]
    fake = forward(generator, noise, nn.leaky_relu, nn.sigmoid)
    return tuple(forward(discriminator, x, nn.leaky_relu, nn.linear) for x in (real, fake))


def loss_of(weights, real, noise, who):
    """The loss of the player whose turn it is."""
    on_real, on_fake = logits_of(weights, real, noise)
    return two_terms(on_real, on_fake) if who == DISCRIMINATOR else loss_and_slopes(on_fake, False)[0]


def moved(seen, name):
    """Whether any weight of this player changed."""
    return any(not np.array_equal(b, a) for b, a in zip(seen["before"][name], seen["after"][name], strict=True))


def near(seen, value):
    """Whether the returned loss is this number."""
    return (
        np.size(seen["loss"]) == 1
        and family(seen["loss"]) != "a string"
        and bool(np.allclose(seen["loss"], value, rtol=1e-4, atol=1e-5))
    )


def only(turn, test):
    """The mistake shows in this player's turns, and is recognised by `test(seen, logits of real, logits of forged)`."""

    def when(seen, real, noise, who, after=False):
        return (
            is_turn(seen)
            and who == turn
            and seen["loss"] is not None
            and bool(test(seen, *logits_of(seen["before"], real, noise)))
        )

    return when


def problem_of(seen, real, noise, who, after=False):
    """What is wrong with a turn, or None."""
    if not is_turn(seen):
        return (
            f"Contest should be a class whose objects have a generator and a discriminator, but calling it gave {seen}"
        )
    sizes = {"generator": noise.shape[1], "discriminator": real.shape[1]}
    if not all(is_stack(seen["before"][name], size) for name, size in sizes.items()):
        return "the two networks are not those of `__init__`. Leave that method as it was given"
    mine, other = ("discriminator", "generator") if who == DISCRIMINATOR else ("generator", "discriminator")
    if family(seen["loss"]) != "a number":
        return f"{mine}_step should return its loss, one number, but it returned {family(seen['loss'])}"
    right = loss_of(seen["before"], real, noise, who)
    if not near(seen, right):
        return f"{mine}_step returned the loss {float(seen['loss']):.4f}; with these weights it is {right:.4f}"
    if moved(seen, other):
        return f"{mine}_step moved weights of the {other}"
    if not moved(seen, mine):
        return f"{mine}_step moved no weight of the {mine}"
    if loss_of(seen["after"], real, noise, who) >= right:
        return f"after {mine}_step its loss is higher than before. Is the gradient that of the loss you return?"
    return None
