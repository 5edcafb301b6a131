"""Write a number that remembers: its parents, and how fast it moves when each of them moves."""

from __future__ import annotations

from course_utils.exercises import FunctionExercise, edge, over_there, random, small

from .graphs import EQUAL, LATE, PQ, SQUARE, any_graph, computed, described


class Value:
    """A number with its parents, its slopes towards them, and the gradient that comes back to it."""

    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.parents = parents
        self.slopes = slopes
        self.grad = 0.0

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))


value = FunctionExercise("value", answer="Value", reference=Value, points=3, title="A number that remembers")


def remembered(make, numbers, steps):
    """What every value of the graph remembers."""
    values = computed(make, numbers, steps)
    return {name: described(one, values) for name, one in values.items()}


@value.drive
def _(answer, numbers, steps):
    return over_there(remembered, answer, numbers, steps)


@value.cases
def _(rng):
    yield small("s = a + b", {"a": 2.0, "b": 5.0}, [("s", "a", "+", "b")])
    yield small("p = a · b", {"a": 2.0, "b": 5.0}, [("p", "a", "*", "b")])
    yield small("the graph of the text", {"a": 3.0, "b": 2.0, "c": 1.0}, PQ)
    yield random("a graph of 5 steps", *any_graph(rng, 5))
    yield random("a graph of 8 steps", *any_graph(rng, 8))
    yield edge("L = a · a", {"a": float(rng.uniform(2, 4))}, SQUARE)
    yield edge("a sum with itself", {"a": float(rng.uniform(2, 4))}, [("L", "a", "+", "a")])
    yield edge("equal numbers, and 0", {"a": 0.0, "b": 0.0, "c": 0.0}, EQUAL)
    yield edge("negative numbers", {"a": -2.0, "b": float(-rng.uniform(1, 2))}, LATE)


@value.variant("with the class of self")
class Typed:
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.parents = parents
        self.slopes = slopes
        self.grad = 0.0

    def __add__(self, other):
        total = self.data + other.data
        return type(self)(total, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        product = self.data * other.data
        return type(self)(product, (self, other), (other.data, self.data))


@value.variant("lists, filled afterwards")
class Filled:
    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad = data, 0.0
        self.parents, self.slopes = list(parents), list(slopes)

    def __add__(self, other):
        made = self.__class__(other.data + self.data)
        made.parents = [self, other]
        made.slopes = [1, 1]
        return made

    def __mul__(self, other):
        made = self.__class__(other.data * self.data)
        made.parents = [self, other]
        made.slopes = [other.data, self.data]
        return made


value.slip(
    "own-factor",
    "For a product you remember each value's *own* number as its slope. How much does a · b grow when a grows by 1?",
    "(other.data, self.data)",
    "(self.data, other.data)",
)

value.slip(
    "product-as-a-sum",
    "Your product has the slopes 1 and 1, as a sum has. With a = 2 and b = 5: how much does a · b grow when a grows by 1?",
    "(other.data, self.data)",
    "(1.0, 1.0)",
)

value.slip(
    "sum-as-a-product",
    "Your sum has the slopes of a product. How much does a + b grow when a grows by 1, whatever b is?",
    "(1.0, 1.0)",
    "(other.data, self.data)",
)

value.slip(
    "sum-shared-out",
    "The slopes of your sum are ½ and ½. If a grows by 1, a + b grows by 1: a sum shares nothing out.",
    "(1.0, 1.0)",
    "(0.5, 0.5)",
)

value.slip(
    "one-slope-for-two",
    "Your sum has two parents and one slope. It needs a slope for each parent, also where they are equal.",
    "(1.0, 1.0)",
    "(1.0,)",
)

value.slip(
    "slopes-of-sum-forgotten",
    "A sum comes out without slopes. What is the third thing that it should remember?",
    "return type(self)(total, (self, other), (1.0, 1.0))",
    "return type(self)(total, (self, other))",
)

value.slip(
    "slopes-of-product-forgotten",
    "A product comes out without slopes. What is the third thing that it should remember?",
    "return type(self)(product, (self, other), (other.data, self.data))",
    "return type(self)(product, (self, other))",
)

value.slip(
    "sum-remembers-nothing",
    "A sum knows its number only. Which two values was it computed from, and what are their slopes?",
    "return type(self)(total, (self, other), (1.0, 1.0))",
    "return type(self)(total)",
)

value.slip(
    "product-remembers-nothing",
    "A product knows its number only. Which two values was it computed from, and what are their slopes?",
    "return type(self)(product, (self, other), (other.data, self.data))",
    "return type(self)(product)",
)

value.slip(
    "numbers-as-parents",
    "A parent of your sum is a bare number, not a value. The way back must be able to go on from a parent: which object has parents of its own?",
    "(self, other), (1.0, 1.0)",
    "(self.data, other.data), (1.0, 1.0)",
)

value.slip(
    "values-as-slopes",
    "A slope of your product is a whole value. A slope is a number: which part of the other factor do you want?",
    "(other.data, self.data)",
    "(other, self)",
)

value.slip(
    "parents-exchanged",
    "In your product the parents stand in another order than their slopes: the first slope would go to the second parent.",
    "product, (self, other)",
    "product, (other, self)",
)

value.slip(
    "copies-as-parents",
    "A parent of your sum is a new value with the same number, not the one that was added. A gradient handed to the copy never reaches the original.",
    "(self, other), (1.0, 1.0)",
    "(type(self)(self.data), type(self)(other.data)), (1.0, 1.0)",
)

value.slip(
    "only-self-as-parent",
    "A sum has two parents, and yours remembers one. What else was added?",
    "(self, other), (1.0, 1.0)",
    "(self,), (1.0,)",
)

value.slip(
    "sum-for-product",
    "Your `*` adds. Which sign belongs between the two numbers?",
    "self.data * other.data",
    "self.data + other.data",
)

value.slip(
    "product-for-sum",
    "Your `+` multiplies. Which sign belongs between the two numbers?",
    "self.data + other.data",
    "self.data * other.data",
)


@value.mistake(
    "number-comes-out",
    "A bare number comes out, and a number remembers nothing. What should `__add__` and `__mul__` make of it?",
)
class Bare:
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.parents = parents
        self.slopes = slopes
        self.grad = 0.0

    def __add__(self, other):
        return self.data + other.data

    def __mul__(self, other):
        return self.data * other.data


@value.mistake(
    "changes-self",
    "Your sum writes into `self`, so a is no longer what it was. A sum is a *new* value, and its parents stay as they are.",
)
class Changing:
    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.parents = parents
        self.slopes = slopes
        self.grad = 0.0

    def __add__(self, other):
        self.data = self.data + other.data
        self.parents, self.slopes = (self, other), (1.0, 1.0)
        return self

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))
