"""Changes of numbers, words, signs, comparisons, operands and names."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

_ARITHMETIC = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
}
_NOT_COMMUTING = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


def expression_changes(node: ast.AST, tree: ast.Module) -> Iterator[ast.AST]:
    """The small changes of one expression, statement or keyword."""
    match node:
        case ast.Constant():
            yield from map(ast.Constant, _other_constants(node.value))
        case ast.BinOp(left, op, right):
            for other in _ARITHMETIC.get(type(op), ()):
                yield ast.BinOp(left, other(), right)
            if isinstance(op, _NOT_COMMUTING):
                yield ast.BinOp(right, op, left)
            yield from (left, right)
        case ast.AugAssign(target, op, value):
            for other in _ARITHMETIC.get(type(op), ()):
                yield ast.AugAssign(target, other(), value)
            yield ast.Assign([target], value)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield node.operand
        case ast.Compare(left, [op], [right]):
            for other in _COMPARISONS[type(op)]:
                yield ast.Compare(left, [other()], [right])
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for i in range(len(values)):
                rest = values[:i] + values[i + 1 :]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.Slice():
            for field in ("lower", "upper", "step"):
                if getattr(node, field) is not None:
                    yield _with(node, field, None)
        case ast.Name(id=name, ctx=ast.Load()):
            yield from (
                ast.Name(other, ast.Load())
                for other in _parameters(tree)
                if name in _parameters(tree) and other != name
            )
        case ast.Attribute(value=value, attr="T" | "real"):
            yield value


def _other_constants(value: object) -> Iterator[object]:
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1, 2 * value)
        case float():
            yield from (value + 1, 2 * value, value / 2, 1000 * value, 0.0)
        case str() if value:
            yield _OTHER_WORDS.get(value, value + "_")


_OTHER_WORDS = {
    "relu": "sigmoid", "sigmoid": "relu", "tanh": "sigmoid", "softmax": "sigmoid", "linear": "relu",
    "same": "valid", "valid": "same", "adam": "sgd", "sgd": "adam", "ones": "zeros", "zeros": "ones",
    "he_normal": "glorot_uniform", "glorot_uniform": "he_normal", "accuracy": "mae",
    "sparse_categorical_crossentropy": "mse", "binary_crossentropy": "mse", "categorical_crossentropy": "mse",
    "mse": "mae", "mae": "mse", "val_loss": "loss", "val_accuracy": "accuracy", "float32": "float16",
    "min": "max", "max": "min", "int8": "float32", "coerce": "raise",
}  # fmt: skip


def _with(node: ast.AST, field: str, value: object) -> ast.AST:
    other = copy.copy(node)
    setattr(other, field, value)
    return other


def _parameters(tree: ast.Module) -> list[str]:
    function = tree.body[0]
    return [a.arg for a in function.args.args] if isinstance(function, ast.FunctionDef) else []
