"""Changes of calls: another function of the same family, a call, an argument or a keyword left out."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

_FAMILIES = [
    ("max", "min", "mean", "sum"),
    ("argmax", "argmin"),
    ("maximum", "minimum"),
    ("exp", "expm1"),
    ("log", "log2", "log10", "log1p"),
    ("sin", "cos"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("std", "var"),
    ("floor", "ceil"),
    ("any", "all"),
    ("vstack", "hstack"),
    ("norm", "random"),
    ("normal", "uniform"),
    ("append", "extend"),
    ("mean", "median"),
    ("cumsum", "sum"),
    ("argsort", "sort"),
    ("choice", "permutation"),
]
_CREATORS = ("zeros", "ones", "empty", "full", "array", "asarray", "zeros_like", "ones_like", "empty_like")
_ON_VALUES = (
    *("copy", "astype", "reshape", "ravel", "flatten", "squeeze", "transpose", "strip", "lower", "clip", "round"),
    *("sum", "max", "min", "mean", "tolist", "item"),
)  # methods of a value, not functions of a module
CONVERSIONS = (
    "as_float",
    "asarray",
    "atleast_2d",
    "float",
    "float32",
    "float64",
    "str",
    "list",
    "tuple",
    "iter",
    "enumerate",
)  # they change the kind, not the numbers
_COMMUTING = ("maximum", "minimum", "max", "min", "allclose", "array_equal", "isclose", "zip")
IDLE = ("strict", "verbose", "name")  # keywords on which no result hangs
_RANDOM = ("default_rng",)


def call_changes(node: ast.AST, tree: ast.Module) -> Iterator[ast.AST]:
    """The small changes of one call."""
    if not isinstance(node, ast.Call):
        return
    name = name_of(node.func)
    for family in _FAMILIES:
        if name in family:
            yield from (_renamed(node, other) for other in family if other != name)
    if len(node.args) == 1 and name not in CONVERSIONS and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]  # abs(x) → x
    elif isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name | ast.Attribute):
        yield node.func.value  # (x + 1).copy() → x + 1
    elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and name in _ON_VALUES:
        yield node.func.value  # x.copy() → x
    if len(node.args) == 2 and name not in _COMMUTING:
        yield call_with(node, args=node.args[::-1])
    if len(node.args) > 1:
        yield from (call_with(node, args=node.args[:i] + node.args[i + 1 :]) for i in range(len(node.args)))
    for i in (i for i, keyword in enumerate(node.keywords) if keyword.arg not in (*IDLE, "dtype")):
        yield call_with(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])
    for keyword in node.keywords:
        if keyword.arg == "axis":
            other = 1 if ast.unparse(keyword.value) == "0" else 0
            yield from (call_with(node, keywords=_set(node, "axis", axis)) for axis in (None, other))
    if name in _CREATORS and not any(k.arg == "dtype" for k in node.keywords):
        yield call_with(node, keywords=[*node.keywords, ast.keyword("dtype", ast.Constant("uint8"))])
    if name in _RANDOM and node.args:
        yield from (call_with(node, args=[]), call_with(node, args=[ast.Constant(0)]))
    if name == "range":
        yield from _other_ranges(node)


def _other_ranges(node: ast.Call) -> Iterator[ast.AST]:
    """One turn too few at either end, and one too many."""
    stop = 0 if len(node.args) == 1 else 1
    start = ast.Constant(0) if len(node.args) == 1 else node.args[0]
    rest = node.args[stop + 1 :]
    for op in (ast.Sub(), ast.Add()):
        yield call_with(node, args=[*node.args[:stop], ast.BinOp(node.args[stop], op, ast.Constant(1)), *rest])
    yield call_with(node, args=[ast.BinOp(start, ast.Add(), ast.Constant(1)), node.args[stop], *rest])


def name_of(function: ast.expr) -> str:
    """The last name of what is called: `max` of `np.max` and `x.max`."""
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _renamed(node: ast.Call, name: str) -> ast.Call:
    function = copy.copy(node.func)
    setattr(function, "attr" if isinstance(function, ast.Attribute) else "id", name)
    return call_with(node, func=function)


def call_with(node: ast.Call, **parts: object) -> ast.Call:
    return ast.Call(**{"func": node.func, "args": node.args, "keywords": node.keywords, **parts})


def _set(node: ast.Call, name: str, value: object) -> list[ast.keyword]:
    return [ast.keyword(k.arg, ast.Constant(value)) if k.arg == name else k for k in node.keywords]
