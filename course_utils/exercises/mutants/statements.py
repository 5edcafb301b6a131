"""Changes of statements: one left out, a branch always or never taken, a loop that stops early or starts late."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from .calls import CONVERSIONS, name_of

_SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Delete, ast.Assert, ast.Continue, ast.Break)


def statement_changes(node: ast.AST, tree: ast.Module) -> Iterator[ast.AST]:
    """The small changes of one statement."""
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name("ValueError" | "TypeError" | "KeyError"))):
            yield ast.Pass()
            yield ast.Raise(ast.Call(ast.Name("RuntimeError", ast.Load()), node.exc.args, []), None)
        case ast.Assign(value=ast.Call() as call) if name_of(call.func) in CONVERSIONS:
            return
        case _ if isinstance(node, _SIMPLE):
            yield ast.Pass()
        case ast.If(test, body, orelse):
            yield from (ast.If(ast.Constant(always), body, orelse) for always in (True, False))
        case ast.For(target, iter, body, orelse):
            yield ast.For(target, iter, [*body, ast.Break()], orelse)
            for part in (_slice(None, -1), _slice(1, None)):
                items = ast.Call(ast.Name("list", ast.Load()), [iter], [])
                yield ast.For(target, ast.Subscript(items, part, ast.Load()), body, orelse)
        case ast.While(test, body, orelse):
            yield ast.While(test, [*body, ast.Break()], orelse)
        case ast.FunctionDef(body=[*_, ast.For() | ast.While() as loop, ast.Return() as last]):
            inner = copy.copy(loop)
            inner.body = [*loop.body, last]
            other = copy.copy(node)
            other.body = [*node.body[:-2], inner]
            yield other
        case ast.comprehension(ifs=[_, *_]):
            other = copy.copy(node)
            other.ifs = []
            yield other


def _slice(lower: int | None, upper: int | None) -> ast.Slice:
    return ast.Slice(*(None if bound is None else ast.Constant(bound) for bound in (lower, upper)))
