"""Values to work out and questions to answer in words."""

import numpy as np

from course_utils.exercises import ValuesExercise

graph = ValuesExercise(
    "graph-gradients",
    points=2,
    title="Gradients on a graph",
    reference=lambda: {"grad_p": 4.0, "grad_q": 6.0, "grad_a": 14.0, "grad_b": 12.0, "grad_c": 6.0},
)
graph.terms("grad_a", parts_through_p=8, parts_through_q=6)
graph.follows("grad_a", lambda grad_p, grad_q: grad_p * 2 + grad_q)
graph.follows("grad_b", lambda grad_p: grad_p * 3)
graph.follows("grad_c", lambda grad_q: grad_q)
graph.right("whole numbers", grad_p=4, grad_q=6, grad_a=14, grad_b=12, grad_c=6)
graph.right("as they are computed", grad_a=np.float64(4.0) * 2 + 6, grad_b=np.array(4.0 * 3))
graph.wrong(
    "own-value",
    "At a product each factor receives the value of the *other* one. How much does L = p · q grow when p grows by 1?",
    grad_p=6.0,
    grad_q=4.0,
)
graph.wrong(
    "only-through-p",
    "a reaches L in two ways: through p and through q. You have the one through p. What happens to both shares?",
    grad_a=8.0,
)
graph.wrong(
    "only-through-q",
    "a reaches L in two ways: through p and through q. You have the one through q. What happens to both shares?",
    grad_a=6.0,
)
graph.wrong(
    "paths-multiplied",
    "You multiplied the two shares of a. Along a path gradients are multiplied; where two paths meet they are …?",
    grad_a=48.0,
)
graph.wrong(
    "local-only",
    "3 is the local slope of p = a · b for b. What comes in from above, from L, and how do the two combine?",
    grad_b=3.0,
)
graph.wrong(
    "own-factor",
    "b receives the value of the other factor of p = a · b, times what comes in. You took b's own value.",
    grad_b=8.0,
)
graph.wrong(
    "plus-divides",
    "A plus does not divide the gradient among its inputs. If c grows by 1, by how much does q = a + c grow?",
    grad_c=3.0,
)
graph.wrong(
    "p-as-a-plus",
    "L = p · q is a product, not a sum. By how much does L grow when p grows by 1 and q stays at 4?",
    grad_p=1.0,
    grad_q=1.0,
)
graph.wrong(
    "whole-loss",
    "24 is the value of L itself. How much does L *grow* when p grows by 1?",
    grad_p=24.0,
)
graph.wrong(
    "sum-without-factors",
    "You added the gradients of p and q as they come in. On the way through p = a · b the share for a is multiplied by the other factor.",
    grad_a=10.0,
)
graph.wrong(
    "own-factor-at-a",
    "Through p, a receives the value of the *other* factor of a · b, times what comes in. You took a's own value.",
    grad_a=18.0,
)
graph.wrong(
    "b-from-q",
    "b leads to p only, so the gradient of p comes in there, not that of q. And what is the other factor of a · b?",
    grad_b=18.0,
)
graph.wrong(
    "b-local-from-above",
    "4 is what comes in from p. What is the local slope of p = a · b for b, and how do the two combine?",
    grad_b=4.0,
)
graph.wrong(
    "c-from-p",
    "c leads to q, not to p. Which gradient comes in there?",
    grad_c=4.0,
)
graph.wrong(
    "c-local-only",
    "1 is the local slope of q = a + c for c. What comes in from above, and how do the two combine?",
    grad_c=1.0,
)
graph.wrong(
    "begins-with-the-loss",
    "The way back begins with `dL`: how much L grows when L grows by 1. Which number did you begin with?",
    grad_p=96.0,
    grad_q=144.0,
)
graph.wrong(
    "times-a-at-the-plus",
    "18 has the factor a in it. But a plus hands on in full: by how much does q = a + c grow when c grows by 1?",
    grad_c=18.0,
)
graph.wrong(
    "paths-averaged",
    "7 is the *mean* of the two shares of a. Each of the two ways counts in full.",
    grad_a=7.0,
)
graph.wrong(
    "b-on-both-paths",
    "You multiplied the shares of both ways by b. Only one of the two ways leads through the product a · b.",
    grad_a=20.0,
)
graph.wrong(
    "whole-product-at-a",
    "Through p you multiplied by the value of a · b as a whole. Which of its two factors does a receive?",
    grad_a=30.0,
)
graph.wrong(
    "whole-product-at-b",
    "You multiplied by the value of a · b as a whole. Which of its two factors does b receive?",
    grad_b=24.0,
)
graph.wrong(
    "local-only-at-a",
    "3 is the sum of the two local slopes of a. What comes in from above, at p and at q?",
    grad_a=3.0,
)
graph.wrong(
    "b-added",
    "You *added* what comes in and the local slope. Along a path, how do the two combine?",
    grad_b=7.0,
)
graph.wrong(
    "c-added",
    "7 is what comes in, *plus* the local slope of c. Along a path, how do the two combine?",
    grad_c=7.0,
)
