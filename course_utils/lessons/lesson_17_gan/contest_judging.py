"""What a turn of the contest did, judged by computing it again in NumPy from the weights."""

import re

import numpy as np

from course_utils import nn
from course_utils.exercises import plain
from course_utils.exercises.answer import Raised
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.first_step import EPSILON, adam_problem
from course_utils.exercises.keras_models.networks import dense_shapes, forward, is_stack

from .discriminator_loss import two_terms
from .generator_loss import loss_and_slopes

DISCRIMINATOR, GENERATOR = "the discriminator's turn", "the generator's turn"
PLAYERS = {DISCRIMINATOR: "discriminator", GENERATOR: "generator"}
BOTH = (GENERATOR, DISCRIMINATOR)
NOT_SEEN = {
    DISCRIMINATOR: (
        "No gradients provided for any variable. The tape did not see how the loss comes from the weights named in this step. "
        "The discriminator's answers *and* the loss belong inside the `with` block"
    ),
    GENERATOR: (
        "No gradients provided for any variable. The tape did not see how the loss comes from the weights named in this step: "
        "was the generator at work before it? Forgeries *and* loss belong inside the `with` block"
    ),
}
GIVEN_OTHERWISE = (
    "a network takes rows of {0} numbers and was given rows of {1}. The generator takes noise and makes images; the "
    "discriminator takes images, real or forged, and never the noise itself"
)
RATE = 0.0005  # what `__init__` takes without being told


def play(answer, real, noise, who, earlier=(), **sizes):
    """A new contest with known weights: the weights before and after the last turn, and the loss that it returned."""
    players = answer(noise.shape[1], real.shape[1], **sizes)
    if not (hasattr(players, "generator") and hasattr(players, "discriminator")):
        return family(players)
    networks = {"generator": players.generator, "discriminator": players.discriminator}
    fresh = weights_of(networks)
    start = known_weights({name: [np.shape(w) for w in each] for name, each in fresh.items()}, noise)
    for name, weights in start.items():
        networks[name].set_weights(weights)
    history = [weights_of(networks)]
    for turn in (*earlier, who):
        made = steps_made(players)
        loss = plain(turn_of(players, turn, real, noise, networks))
        history.append(weights_of(networks))
    seen = {
        "alike": any(np.ptp(w) == 0 for each in fresh.values() for w in each[::2]),
        "history": history[:-2],
        "before": history[-2],
        "loss": loss,
        "steps": steps_made(players) - made,
        "after": history[-1],
    }
    ours = is_ours(seen["before"], real, noise) and family(loss) == "a number"
    if ours and not near(seen, loss_of(seen["before"], real, noise, who)):
        for name, weights in seen["before"].items():
            networks[name].set_weights(weights)
        seen["loss again"] = plain(turn_of(players, who, real, noise, networks))
    return seen


def is_ours(weights, real, noise):
    """Whether both players are stacks of dense layers, for this noise and these images."""
    return is_stack(weights["generator"], noise.shape[1]) and is_stack(weights["discriminator"], real.shape[1])


def steps_made(players):
    """The steps of both optimizers so far; 0 where `__init__` was changed and makes none."""
    optimizers = (getattr(players, f"{name}_optimizer", None) for name in PLAYERS.values())
    return sum(int(plain(getattr(optimizer, "iterations", 0))) for optimizer in optimizers)


def known_weights(shapes, noise):
    """Weights for both players with which some forgeries pass and others do not: there the two losses part."""
    rng = np.random.default_rng(0)
    made = {
        name: [np.float32(rng.normal(0, 2 / np.sqrt(s[0]) if len(s) > 1 else 0.5, s)) for s in each]
        for name, each in shapes.items()
    }
    judge = made["discriminator"]
    if is_stack(made["generator"], noise.shape[1]) and is_stack(judge, made["generator"][-1].size):
        logits = logits_of(made, np.zeros((1, judge[0].shape[0])), noise)[1]
        wider = 3 / logits.std()
        judge[-2:] = [np.float32(judge[-2] * wider), np.float32((judge[-1] - logits.mean()) * wider)]
    return made


def weights_of(networks):
    """The weights of both players."""
    return {name: network.get_weights() for name, network in networks.items()}


def turn_of(players, who, real, noise, networks):
    """The loss that a turn returns; Keras's long messages in words that name the cause."""
    try:
        return players.discriminator_step(real, noise) if who == DISCRIMINATOR else players.generator_step(noise)
    except Exception as error:
        if Raised.of(error).kind != "ValueError":
            raise
        given = re.search(r"to have value (\d+), but received input with shape \(\d+, (\d+)\)", str(error))
        if given and set(map(int, given.groups())) == {noise.shape[1], real.shape[1]}:
            raise ValueError(GIVEN_OTHERWISE.format(*given.groups())) from None
        if "Unknown variable" in str(error):  # Keras's own message lists every weight
            raise ValueError(
                "the optimizer of one network was given the weights of the other. Each network has an optimizer of its own"
            ) from None
        if not all(network.trainable_variables for network in networks.values()):
            raise ValueError(
                "a network has no trainable variables any more: `trainable` was set to False. "
                "There is no need for it. Who is not named does not move"
            ) from None
        if "No gradients provided" in str(error):
            raise ValueError(NOT_SEEN[who]) from None
        raise


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


def back(weights, x, dlogits):
    """The slopes of a stack of dense layers with leaky ReLU, its last layer linear: for the weights and for x."""
    layers = list(zip(weights[::2], weights[1::2], strict=True))
    inputs, sums = [x], []
    for kernel, bias in layers:
        sums.append(inputs[-1] @ kernel + bias)
        inputs.append(nn.leaky_relu(sums[-1]))
    slopes, dy = [], dlogits
    for number in reversed(range(len(layers))):
        if number < len(layers) - 1:
            dy = dy * np.where(sums[number] > 0, 1, 0.2)
        dx, *both = nn.dense_backward(dy, inputs[number], layers[number][0])
        slopes[:0], dy = both, dx
    return slopes, dy


def slopes_of(weights, real, noise, who, saturating=False):
    """The slopes of a player's loss for its weights."""
    fake = forward(weights["generator"], noise, nn.leaky_relu, nn.sigmoid)
    on_real, on_fake = logits_of(weights, real, noise)
    if who == DISCRIMINATOR:
        groups = [(real, (nn.sigmoid(on_real) - 1) / len(real)), (fake, nn.sigmoid(on_fake) / len(fake))]
        one, other = (back(weights["discriminator"], x, dlogits)[0] for x, dlogits in groups)
        return [a + b for a, b in zip(one, other, strict=True)]
    _, dlogits = loss_and_slopes(on_fake, saturating)
    _, dfake = back(weights["discriminator"], fake, dlogits)
    return back(weights["generator"], noise, dfake * fake * (1 - fake))[0]


def moved(seen, name):
    """Whether any weight of this player changed."""
    return any(not np.array_equal(b, a) for b, a in zip(seen["before"][name], seen["after"][name], strict=True))


def some_stand_still(seen, who):
    """Whether some arrays of the player whose turn it is moved, and some did not."""
    name = PLAYERS[who]
    still = [np.array_equal(b, a) for b, a in zip(seen["before"][name], seen["after"][name], strict=True)]
    return any(still) and not all(still)


def reach(seen, who):
    """How far most weights of the player whose turn it is moved."""
    name = PLAYERS[who]
    pairs = zip(seen["before"][name], seen["after"][name], strict=True)
    return float(np.median(np.concatenate([np.abs(a - b).ravel() for b, a in pairs])))


def step_problem(seen, real, noise, who, earlier=(), rate=RATE, saturating=False):
    """What is wrong with the step of the player whose turn it is, judged by all its weights."""
    name = PLAYERS[who]
    moments = [at for at, turn in zip(seen["history"], earlier, strict=True) if turn == who]
    slopes = [slopes_of(at, real, noise, who, saturating) for at in (*moments, seen["before"])]
    if not moments:
        return adam_problem(seen["before"][name], seen["after"][name], slopes[0], rate)
    steps = [
        np.subtract(new, old, dtype=float) for new, old in zip(seen["after"][name], seen["before"][name], strict=True)
    ]
    right = [np.abs(step - adam_with_memory(gs, rate)) <= 0.02 * rate for step, *gs in zip(steps, *slopes, strict=True)]
    if all(np.mean(near) >= 0.9 for near in right):
        return None
    return "the next step of the same player is not one of its optimizer: is the optimizer made anew in each turn?"


def adam_with_memory(slopes, rate, beta_1=0.5, beta_2=0.999):
    """The last of Adam's steps down these slopes of one array."""
    m = v = np.zeros_like(slopes[0], dtype=float)
    for g in slopes:
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2
    t = len(slopes)
    grown = np.sqrt(1 - beta_2**t)
    return -rate * grown / (1 - beta_1**t) * m / (np.sqrt(v) + EPSILON * np.sqrt(1 - beta_2))


def near(seen, value):
    """Whether the returned loss is this number."""
    return (
        np.size(seen["loss"]) == 1
        and family(seen["loss"]) != "a string"
        and bool(np.allclose(seen["loss"], value, rtol=1e-4, atol=1e-5))
    )


def only(turn, test):
    """The mistake shows in this player's turns, and is recognised by `test(seen, logits of real, logits of forged)`."""

    def when(seen, real, noise, who, *_, **__):
        return (
            is_turn(seen)
            and who == turn
            and seen["loss"] is not None
            and bool(test(seen, *logits_of(seen["before"], real, noise)))
        )

    return when


def own_noise(seen, *_, **__):
    """Whether the same turn, taken once more from the same weights and noise, returned another loss."""
    return is_turn(seen) and "loss again" in seen and seen["steps"] < 2 and not near(seen, seen["loss again"])


def only_the_other_moves(turn):
    """In each of this player's turns it stood still, and the other one moved."""
    other = PLAYERS[GENERATOR if turn == DISCRIMINATOR else DISCRIMINATOR]

    def when(seen, real, noise, who, earlier=(), **_):
        if not is_turn(seen):
            return False
        states, turns = [*seen["history"], seen["before"], seen["after"]], (*earlier, who)
        steps = [{"before": b, "after": a} for b, a, t in zip(states[:-1], states[1:], turns, strict=True) if t == turn]
        return bool(steps) and all(moved(s, other) and not moved(s, PLAYERS[turn]) for s in steps)

    return when


def right_loss(test):
    """The losses are right, and the mistake is recognised by `test(seen, real, noise, who, earlier, rate)`."""

    def when(seen, real, noise, who, earlier=(), rate=RATE, **_):
        if not is_turn(seen) or family(seen["loss"]) != "a number":
            return False
        return near(seen, loss_of(seen["before"], real, noise, who)) and bool(
            test(seen, real, noise, who, earlier, rate)
        )

    return when


def problem_of(seen, real, noise, who, earlier=(), **sizes):
    """What is wrong with a turn, or None."""
    if not is_turn(seen):
        return (
            f"Contest should be a class whose objects have a generator and a discriminator, but calling it gave {seen}"
        )
    inputs, pixels, width = noise.shape[1], real.shape[1], sizes.get("width", 128)
    wanted = {"generator": (inputs, width, width, pixels), "discriminator": (pixels, width, width, 1)}
    found = {name: list(map(np.shape, weights)) for name, weights in seen["before"].items()}
    if seen["alike"] or found != {name: dense_shapes(*each) for name, each in wanted.items()}:
        return "the two networks are not those of `__init__`. Leave that method as it was given"
    mine, other = ("discriminator", "generator") if who == DISCRIMINATOR else ("generator", "discriminator")
    if family(seen["loss"]) != "a number":
        return f"{mine}_step should return its loss, one number, but it returned {family(seen['loss'])}"
    right = loss_of(seen["before"], real, noise, who)
    if not near(seen, right):
        given = "and this noise" if who == GENERATOR else "and these images and noise"
        return f"{mine}_step returned the loss {float(seen['loss']):.4f}; with these weights {given} it is {right:.4f}"
    if moved(seen, other):
        return f"{mine}_step moved weights of the {other}"
    if not moved(seen, mine):
        return f"{mine}_step moved no weight of the {mine}"
    trouble = step_problem(seen, real, noise, who, earlier, sizes.get("rate", RATE))
    if trouble and loss_of(seen["after"], real, noise, who) >= right:  # a right step may be too long for it
        return f"after {mine}_step its loss is higher than before. Is the gradient that of the loss you return?"
    return trouble
