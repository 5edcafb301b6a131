"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

graph = ValuesExercise(
    "graph-gradients",
    points=2,
    title="Gradients on a graph",
    reference=lambda: {"grad_p": 4.0, "grad_q": 6.0, "grad_a": 14.0, "grad_b": 12.0, "grad_c": 6.0},
)


@graph.variant("whole numbers")
def _():
    return {"grad_p": 4, "grad_q": 6, "grad_a": 14, "grad_b": 12, "grad_c": 6}


@graph.variant("as they are computed")
def _():
    return {"grad_a": np.float64(4.0) * 2 + 6, "grad_b": np.array(4.0 * 3)}


@graph.mistake(
    "own-value",
    "At a product each factor receives the value of the *other* one. How much does L = p · q grow when p grows by 1?",
)
def _():
    return {"grad_p": 6.0, "grad_q": 4.0}


@graph.mistake(
    "only-through-p",
    "a reaches L in two ways: through p and through q. You have the one through p. What happens to both shares?",
)
def _():
    return {"grad_a": 8.0}


@graph.mistake(
    "only-through-q",
    "a reaches L in two ways: through p and through q. You have the one through q. What happens to both shares?",
)
def _():
    return {"grad_a": 6.0}


@graph.mistake(
    "paths-multiplied",
    "You multiplied the two shares of a. Along a path gradients are multiplied; where two paths meet they are …?",
)
def _():
    return {"grad_a": 48.0}


@graph.mistake(
    "local-only",
    "3 is the local slope of p = a · b for b. What comes in from above, from L, and how do the two combine?",
)
def _():
    return {"grad_b": 3.0}


@graph.mistake(
    "own-factor", "b receives the value of the other factor of p = a · b, times what comes in. You took b's own value."
)
def _():
    return {"grad_b": 8.0}


@graph.mistake(
    "plus-divides",
    "A plus does not divide the gradient among its inputs. If c grows by 1, by how much does q = a + c grow?",
)
def _():
    return {"grad_c": 3.0}
