"""Put all values of a graph into an order in which each has its turn after everything that was computed from it."""

from __future__ import annotations

from course_utils.exercises import FunctionExercise, edge, over_there, random, small

from .graphs import BESIDE, EQUAL, LATE, PQ, SQUARE, VW, any_graph, computed, doubling, names_of
from .value import Value


def from_last_to_first(last):
    """All values that lead to `last`, each once, none before something that was computed from it."""
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            order.append(value)

    visit(last)
    return order[::-1]


back_order = FunctionExercise("back-order", reference=from_last_to_first, points=3, title="Whose turn is it?")


def turns(answer, numbers, steps):
    """What there is to see in the order, the second time that it is asked for: any right order shows the same."""
    values = computed(Value, numbers, steps)
    answer(values["L"])
    found = answer(values["L"])
    if found is None:
        return None
    if not isinstance(found, list | tuple):
        raise TypeError(f"back_order should return a list, but this is a {type(found).__name__}")
    names = names_of(found, values)
    children = {name: [child for child, left, _, right in steps if name in (left, right)] for name in values}
    early = {name for place, name in enumerate(names) if set(children.get(name, ())) & set(names[place + 1 :])}
    return {"in the list": sorted(names), "first": names[0] if names else "nothing", "too early": sorted(early)}


@back_order.drive
def _(answer, numbers, steps):
    return over_there(turns, answer, numbers, steps)


@back_order.cases
def _(rng):
    yield small("the graph of the text: v leads to L by two ways", {"a": 2.0, "b": 3.0}, VW)
    yield small("the graph of lesson 06", {"a": 3.0, "b": 2.0, "c": 1.0}, PQ)
    yield random("a graph of 6 steps", *any_graph(rng, 6))
    yield random("a graph of 9 steps", *any_graph(rng, 9))
    yield random("a graph of 12 steps", *any_graph(rng, 12))
    yield edge("a value alone", {"L": 2.0}, [])
    yield edge("L = a · a", {"a": 3.0}, SQUARE)
    yield edge("different values with equal numbers", {"a": 0.0, "b": 0.0, "c": 0.0}, EQUAL)
    yield edge("a value that does not lead to L", {"a": 2.0, "b": 3.0}, BESIDE)
    yield edge("a short way and a long one", {"a": 2.0, "b": 3.0}, LATE)
    yield edge("eight doublings: 256 ways", {"a": 1.0}, doubling(8))


@back_order.variant("parents first, then oneself, turned round")
def _(last):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            order.append(value)

    visit(last)
    return order[::-1]


@back_order.variant("in front of the list, without a set")
def _(last):
    order = []

    def visit(value):
        if value in order:
            return
        for parent in value.parents:
            visit(parent)
        order.insert(0, value)

    visit(last)
    return order


@back_order.variant("when all who wait for it have had their turn")
def _(last):
    waiting, todo = {last: 0}, [last]
    while todo:
        for parent in todo.pop().parents:
            if parent not in waiting:
                waiting[parent] = 0
                todo.append(parent)
            waiting[parent] += 1
    order, ready = [], [last]
    while ready:
        value = ready.pop()
        order.append(value)
        for parent in value.parents:
            waiting[parent] -= 1
            if waiting[parent] == 0:
                ready.append(parent)
    return order


back_order.slip(
    "first-to-last",
    "Your list begins with the numbers and ends with the last value: the order of the way *forward*. In which order does the way back go?",
    "order[::-1]",
    "order",
)

back_order.slip(
    "twice-in-the-list",
    "A value that is used twice stands in your list twice, so it would hand its gradient on twice. How can you tell that it has been seen?",
    "if value not in seen:",
    "if True:",
)

back_order.slip(
    "last-left-out",
    "The last value itself is missing. The way back begins with it.",
    "    visit(last)",
    "    for parent in last.parents:\n        visit(parent)",
)

back_order.slip(
    "numbers-left-out",
    "Values without parents are missing. They have nobody to hand on to, but their own gradients are wanted most.",
    "            order.append(value)",
    "            if value.parents:\n                order.append(value)",
)

back_order.slip(
    "first-parent-only",
    "You follow the first parent only. What becomes of the second?",
    "in value.parents:",
    "in value.parents[:1]:",
)

back_order.slip(
    "second-parent-only",
    "You follow the last parent only. What becomes of the first?",
    "in value.parents:",
    "in value.parents[-1:]:",
)

back_order.slip(
    "compared-by-number",
    "Two different values with the same number are taken for one. Remember the *values* that you have seen, not their numbers.",
    "if value not in seen:\n            seen.add(value)",
    "if value.data not in seen:\n            seen.add(value.data)",
)

back_order.slip(
    "numbers-for-values",
    "Your list holds bare numbers. Whoever walks back needs the values themselves, with their parents.",
    "order.append(value)",
    "order.append(value.data)",
)

back_order.slip(
    "reversed-is-no-list",
    "`reversed(…)` gives no list, but something that can be walked through once. Put `list(…)` around it, or write `order[::-1]`.",
    "order[::-1]",
    "reversed(order)",
)

back_order.slip(
    "turned-round-in-place",
    "`.reverse()` turns the list round where it is and returns nothing. Use it on a line of its own, or write `order[::-1]`.",
    "order[::-1]",
    "order.reverse()",
)


@back_order.mistake(
    "oneself-before-the-parents",
    "You write a value down when you first meet it. In the text's graph, what happens to w, when v and all before it have had their turn already? Write a value down *after* its parents, and turn the list round.",
)
def _(last):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            order.append(value)
            for parent in value.parents:
                visit(parent)

    visit(last)
    return order


@back_order.mistake(
    "step-by-step-away",
    "You go by the *shortest* way from the last value. A value has its turn after everything computed from it, so the longest way counts.",
)
def _(last):
    order = [last]
    for value in order:
        for parent in value.parents:
            if parent not in order:
                order.append(parent)
    return order


@back_order.mistake(
    "once-for-each-way",
    "A value stands in your list once for each way that leads to it. Each should stand there once, after all that was computed from it.",
)
def _(last):
    def from_here(value):
        order = [value]
        for parent in value.parents:
            order += from_here(parent)
        return order

    return from_here(last)


@back_order.mistake(
    "seen-for-ever",
    "The second time, something is missing: what you have seen outlives the call. Make the list and the set inside the function.",
)
def _(last, seen=set()):  # noqa: B006
    order = []

    def visit(value):
        if value not in seen:
            seen.add(value)
            for parent in value.parents:
                visit(parent)
            order.append(value)

    visit(last)
    return order[::-1]


back_order.equivalent(
    "{last: 0}", why="nobody waits for the last value's turn: it is ready at once, whatever its count"
)
