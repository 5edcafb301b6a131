"""Each exercise stands alone: in its check the course's answers take the place of earlier ones that have not passed.

This runs where the learner's objects are: in the notebook, or in the process that grades them.
"""

from __future__ import annotations

import ast
import contextlib
import dis
import functools
import io
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from .exercise import Exercise


@contextlib.contextmanager
def standing_in(
    exercise: Exercise, earlier: Sequence[Exercise], namespace: MutableMapping[str, Any]
) -> Iterator[list[str]]:
    """Within the block the answer to `exercise` uses the course's answers to the `earlier` ones, none of which passed.

    Gives the names that the answer really uses; only these are replaced, and all names are put back afterwards. An
    object that its cell made, such as a trained model, is made anew: IPython's `In` holds the cell.
    """
    course = {name: e for e in earlier for name in e.names if name not in exercise.names}
    source = "" if _is_code(namespace.get(exercise.names[0])) else _cell_that_made(exercise.names[0], namespace)
    used = [name for name in course if name in _uses(source or exercise.names, namespace, set(course))]
    if not used:
        yield []
        return
    before = dict(namespace)
    try:
        namespace.update({name: called_as(name, course[name].answer_of(course[name].reference)) for name in used})
        yield used if not source or _made_again(source, namespace) else []
    finally:
        _put_back(before, namespace)


def _put_back(before: Mapping[str, Any], namespace: MutableMapping[str, Any]) -> None:
    for name in [name for name in namespace if name not in before]:
        del namespace[name]
    namespace.update({name: value for name, value in before.items() if namespace.get(name) is not value})


def called_as(name: str, answer: Any) -> Any:
    """The course's answer, whose complaint about its arguments speaks of the name and the shapes that the learner gave.

    >>> called_as("table", lambda x: x.reshape(2, -1))(np.zeros(3))
    Traceback (most recent call last):
    ValueError: table stopped at arguments of the shapes (3,): cannot reshape array of size 3 into shape (2,newaxis)
    """
    if not isinstance(answer, FunctionType):
        return answer

    @functools.wraps(answer)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return answer(*args, **kwargs)
        except ValueError as error:
            shapes = [str(value.shape) for value in (*args, *kwargs.values()) if isinstance(value, np.ndarray)]
            given = f" at arguments of the shapes {' and '.join(shapes)}" if shapes else ""
            why = re.sub(r"^\w+: ", "", str(error))  # the name of a function of the library
            raise ValueError(f"{name} stopped{given}: {why}") from None

    return called


def told(used: Sequence[str]) -> str:
    """The sentence for a check in which the course's answers stood in.

    >>> told(["attend"])
    'As `attend` has not passed its check yet, the course’s was used here.'
    """
    names = " and ".join(f"`{name}`" for name in used)
    has, was = ("has not passed its check", "was") if len(used) == 1 else ("have not passed their checks", "were")
    return f"As {names} {has} yet, the course’s {was} used here."


def _is_code(answer: Any) -> bool:
    return isinstance(answer, FunctionType | type)


def _uses(start: str | Sequence[str], namespace: Mapping[str, Any], ends: set[str]) -> set[str]:
    """The global names that a cell's source, or the functions of these names, come upon; `ends` are not looked into."""
    todo = _names_in(start) if isinstance(start, str) else {name for s in start for name in _globals(namespace.get(s))}
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo |= set() if name in ends else _globals(namespace.get(name))
    return seen


def _globals(value: Any) -> set[str]:
    """The global names in a learner's function, or in the methods of a learner's class."""
    if isinstance(value, type):
        return {name for part in vars(value).values() for name in _globals(part)}
    value = getattr(value, "__func__", value)  # a static or class method
    return _loaded(value.__code__) if isinstance(value, FunctionType) else set()


def _loaded(code: CodeType) -> set[str]:
    names = {step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return names.union(*(_loaded(part) for part in code.co_consts if isinstance(part, CodeType)))


def _names_in(source: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def _cell_that_made(name: str, namespace: Mapping[str, Any]) -> str:
    """The last cell that bound the name, as IPython remembers it; nothing in plain Python, or where it checks too."""
    for source in reversed(list(namespace.get("In", ()))):
        with contextlib.suppress(SyntaxError, TypeError, ValueError):
            nodes = list(ast.walk(ast.parse(source)))
            if any(isinstance(n, ast.Attribute) and n.attr in ("check", "grade") for n in nodes):
                continue
            if any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in nodes):
                return source
    return ""


def _made_again(source: str, namespace: MutableMapping[str, Any]) -> bool:
    """Run the cell once more, without what it shows; whether it came to its end. If not, all stays as it was."""
    before = dict(namespace)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(source, "<the cell again>", "exec"), namespace)
        except Exception:
            _put_back(before, namespace)
            return False
    return True
