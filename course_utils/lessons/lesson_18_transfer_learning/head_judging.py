"""What a new head does, computed in NumPy from the features and its weights; and by what its mistakes are recognised."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.classifiers import compile_problem
from course_utils.exercises.keras_models.networks import is_model

from .common import FEATURES, WEIGHTS, alike


def training_problem(seen, make_network, images, labels):
    """What is wrong with one step of training, every weight looked at; and with a second call of the answer."""
    if not np.allclose(seen["in_training"], seen["probabilities"], atol=1e-4):
        return "in training the shares are others than in use. Nothing but a Dense layer is asked for behind the body"
    features, (kernel, bias) = FEATURES[make_network](images), seen["weights"][-2:]
    dlogits = (nn.softmax(features @ kernel + bias) - np.eye(len(bias))[labels]) / len(images)
    slopes = [*map(np.zeros_like, seen["weights"][:-2]), features.T @ dlogits, dlogits.sum(axis=0)]
    if problem := compile_problem(seen, images, labels, slopes):
        return problem
    if not alike(seen["after"][:-2], seen["weights"][:-2]):
        return "a step of training moved the body"
    if np.ptp(kernel) == 0:
        return "all numbers of the head's kernel begin alike. Leave the layer its usual random start"
    if not alike(seen["another"][:-2], seen["weights"][:-2]) or alike(seen["another"][-2:-1], [kernel]):
        return "a second call did not give a new network: it has the head of the first"
    return None


def another_step(seen, images, labels):
    """Whether loss and accuracy are right, and most weights of the head moved by another distance than 0.001."""
    loss = nn.sparse_categorical_crossentropy(labels, seen["probabilities"])
    steps = np.abs(np.subtract(seen["after"][-2], seen["weights"][-2]))
    usual = abs(np.median(steps) - 0.001) < 1e-5 or seen["told"]["layers"]  # a constraint moves the weights too
    return abs(np.ravel(seen["scores"])[0] - loss) < 1e-3 and np.size(seen["scores"]) > 1 and steps.any() and not usual


def head_shapes(make_network, classes):
    """The shapes of a new head on the features."""
    width = WEIGHTS[make_network]()[-2].shape[0]
    return [(width, classes), (classes,)]


def heads(test):
    """The mistake is recognised by `test(seen, maker, classes)` on a model."""
    return lambda seen, make_network, classes, *_: is_model(seen) and bool(test(seen, make_network, classes))


def ends_in(activation):
    """The mistake is recognised by a head with this activation on the old body."""

    def when(seen, make_network, classes, images, *_):
        if not is_model(seen) or not takes_over(seen, make_network) or len(seen["weights"]) < 2:
            return False
        features, (kernel, bias) = FEATURES[make_network](images), seen["weights"][-2:]
        if np.shape(kernel) != (features.shape[1], classes):
            return False
        return np.allclose(activation(features @ kernel + bias), seen["probabilities"], atol=1e-3)

    return when


def takes_over(seen, make_network):
    """Whether the model begins with the weights of the body."""
    body = WEIGHTS[make_network]()[:-2]
    return alike(seen["weights"][: len(body)], body)
