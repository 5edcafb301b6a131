"""Optimizers: from the gradients to new weights. Formulas, names and default values are those of Keras 3.

`optimizer.apply(grads, variables)` changes the variables in place. Each rule stands in its `_update`.
"""

import math
from collections.abc import Callable, Iterator

import numpy as np

from .clipping import clip_by_global_norm, clip_by_norm, clip_by_value

BLOCK = 65_536  # so many numbers at a time stay in the processor's cache
FLUSH_EVERY = 100  # steps; see Optimizer._flush
TINY = 1e-32


class Optimizer:
    """What all optimizers share: the learning rate, clipping, and a memory for each variable.

    learning_rate is a number or a schedule, a function of the number of steps taken. clipvalue, clipnorm and
    global_clipnorm bound the gradients first (see clipping.py); give at most one of them.

    Errors: ValueError for gradients that do not fit the variables.
    """

    memories = 0  # how many arrays like the variable the rule remembers

    def __init__(
        self,
        learning_rate: float | Callable[[int], float],
        clipvalue: float | None = None,
        clipnorm: float | None = None,
        global_clipnorm: float | None = None,
    ):
        limits = {clip_by_value: clipvalue, clip_by_norm: clipnorm, clip_by_global_norm: global_clipnorm}
        self.clips = [(clip, limit) for clip, limit in limits.items() if limit is not None]
        if len(self.clips) > 1:
            raise ValueError("Give at most one of clipvalue, clipnorm and global_clipnorm.")
        self.learning_rate = learning_rate
        self.iterations = 0
        self._memory: list[list[np.ndarray]] = []

    def current_learning_rate(self) -> float:
        """The learning rate of the next step."""
        return self.learning_rate(self.iterations) if callable(self.learning_rate) else self.learning_rate

    def apply(self, grads: list[np.ndarray], variables: list[np.ndarray]) -> None:
        """One step: change the variables in place, given the gradient of each."""
        if [np.shape(g) for g in grads] != [v.shape for v in variables]:
            raise ValueError(
                f"The gradients have shapes {[np.shape(g) for g in grads]}, "
                f"but the variables have {[v.shape for v in variables]}."
            )
        if not self._memory:
            self._memory = [[np.zeros_like(v) for _ in range(self.memories)] for v in variables]
        if [len(m) and m[0].shape for m in self._memory] != [self.memories and v.shape for v in variables]:
            raise ValueError("This optimizer has worked on other variables; make a new one for these.")
        for clip, limit in self.clips:
            grads = clip(grads, limit)
        rate = self.current_learning_rate()
        self.iterations += 1
        for variable, grad, memory in zip(variables, grads, self._memory, strict=True):
            for v, g, *m in _blocks(variable, grad, *memory):
                self._update(v, g, rate, *m)
        if self.iterations % FLUSH_EVERY == 0:
            self._flush()

    def _update(self, v: np.ndarray, g: np.ndarray, rate: float, *memory: np.ndarray) -> None:
        raise NotImplementedError

    def _flush(self) -> None:
        """Set vanishing memories to 0.

        Why: a unit that has died sends a gradient of 0, and its memory shrinks step by step into the
        subnormal numbers, with which a processor works many times slower. So small a memory moves no weight.
        """
        for memory in self._memory:
            for m in memory:
                m[np.abs(m) < TINY] = 0


def _blocks(*arrays: np.ndarray) -> Iterator[list[np.ndarray]]:
    if arrays[0].size <= BLOCK or not all(a.flags.c_contiguous for a in arrays):
        yield list(arrays)
        return
    flat = [a.reshape(-1) for a in arrays]
    for start in range(0, len(flat[0]), BLOCK):
        yield [a[start : start + BLOCK] for a in flat]


class SGD(Optimizer):
    """w = w - rate * g; with momentum m = momentum * m - rate * g and w = w + m.

    With nesterov, w = w + momentum * m - rate * g: the step looks one momentum ahead.

    Source: momentum: Polyak 1964; nesterov: Sutskever et al. 2013.

    >>> w = np.array([1.0])
    >>> SGD(0.1).apply([np.array([2.0])], [w])
    >>> w
    array([0.8])
    """

    def __init__(self, learning_rate=0.01, momentum: float = 0.0, nesterov: bool = False, **clipping):
        super().__init__(learning_rate, **clipping)
        if not 0 <= momentum <= 1:
            raise ValueError(f"momentum must lie in [0, 1], but it is {momentum}.")
        self.momentum, self.nesterov = momentum, nesterov
        self.memories = 1 if momentum else 0

    def _update(self, v, g, rate, m=None):
        step = g * v.dtype.type(rate)
        if m is None:
            v -= step
            return
        m *= self.momentum
        m -= step
        if self.nesterov:
            v += self.momentum * m
            v -= step
        else:
            v += m


class RMSprop(Optimizer):
    """v = rho * v + (1 - rho) * g^2 and w = w - rate * g / sqrt(v + epsilon).

    Why: dividing by the usual size of the gradient gives every weight steps of a similar size.
    Source: Tieleman & Hinton 2012; epsilon stands inside the square root, as in Keras.

    >>> w = np.array([1.0])
    >>> RMSprop(0.1, rho=0.0, epsilon=0.0).apply([np.array([2.0])], [w])
    >>> w
    array([0.9])
    """

    memories = 1

    def __init__(self, learning_rate=0.001, rho: float = 0.9, epsilon: float = 1e-7, **clipping):
        super().__init__(learning_rate, **clipping)
        self.rho, self.epsilon = rho, epsilon

    def _update(self, v, g, rate, mean_square):
        square = g * g
        square *= 1 - self.rho
        mean_square *= self.rho
        mean_square += square
        root = np.add(mean_square, self.epsilon, out=square)
        np.sqrt(root, out=root)
        step = g * v.dtype.type(rate)
        step /= root
        v -= step


class Adam(Optimizer):
    """m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w = w - rate_t m / (sqrt(v) + epsilon).

    m and v start at 0 and are too small at first; rate_t = rate sqrt(1 - b2^t) / (1 - b1^t) makes up for it
    at step t. This is Keras's form. The paper's Algorithm 1 computes rate mhat / (sqrt(vhat) + epsilon) with
    mhat = m / (1 - b1^t) and vhat = v / (1 - b2^t). Written with the same epsilon, Keras's form acts like a
    larger one, epsilon / sqrt(1 - b2^t): at t = 1, 32 times larger. The two differ only where gradients
    are small: with the usual values by 0.03 of a step at |g| = 1e-4, and by hardly anything above 1e-2.

    Source: Kingma & Ba 2015, Adam: A Method for Stochastic Optimization; Keras's form ends its section 2.

    >>> w = np.array([1.0])
    >>> Adam(0.1, epsilon=0.0).apply([np.array([-3.0])], [w])
    >>> w
    array([1.1])
    """

    memories = 2

    def __init__(
        self,
        learning_rate=0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        **clipping,
    ):
        super().__init__(learning_rate, **clipping)
        for name, beta in (("beta_1", beta_1), ("beta_2", beta_2)):
            if not 0 <= beta < 1:
                raise ValueError(f"{name} must lie in [0, 1), but it is {beta}.")
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def _update(self, v, g, rate, m_sum, v_sum):
        # The memories are m / (1 - b1) and v / (1 - b2): two passes over all weights less. sqrt(1 - b2) is split off
        # the root and goes, with 1 - b1, into the rate.
        t, split_off = self.iterations, math.sqrt(1 - self.beta_2)
        rate_t = rate * math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        m_sum *= self.beta_1
        m_sum += g
        v_sum *= self.beta_2
        square = g * g
        v_sum += square
        root = np.sqrt(v_sum, out=square)
        root += self.epsilon / split_off
        step = np.divide(m_sum, root, out=root)
        step *= v.dtype.type(rate_t * (1 - self.beta_1) / split_off)
        v -= step


OPTIMIZERS: dict[str, type[Optimizer]] = {"sgd": SGD, "rmsprop": RMSprop, "adam": Adam}


def get_optimizer(name: str | Optimizer) -> Optimizer:
    """An optimizer of that name with its usual settings; an optimizer is handed back as it is.

    Errors: ValueError that lists the names there are.
    """
    if isinstance(name, Optimizer):
        return name
    if not isinstance(name, str) or name.lower() not in OPTIMIZERS:
        raise ValueError(f"There is no optimizer {name!r}. Choose one of: {', '.join(OPTIMIZERS)}.")
    return OPTIMIZERS[name.lower()]()
