"""Changes that only answers with Keras invite: layers, compile and fit; and of lists, whose items are often layers."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .calls import call_with, name_of

_WITH_WEIGHTS = ("Dense", "Conv2D", "LSTM", "Embedding", "SimpleRNN", "GRU")
_OTHER_DATA = {"x_train": "x_test", "y_train": "y_test", "train": "test"}


def keras_changes(node: ast.AST, tree: ast.Module) -> Iterator[ast.AST]:
    """The changes of a layer, of a list of layers, of `compile` and of `fit`."""
    match node:
        case ast.List(elts=items) if len(items) > 1:
            for i in range(len(items)):
                yield ast.List(items[:i] + items[i + 1 :], ast.Load())
                yield ast.List([*items[:i], items[i], *items[i:]], ast.Load())
            for i in range(len(items) - 1):
                yield ast.List([*items[:i], items[i + 1], items[i], *items[i + 2 :]], ast.Load())
        case ast.Call() if name_of(node.func) in _WITH_WEIGHTS:
            given = {keyword.arg for keyword in node.keywords}
            for name, value in (("use_bias", False), ("kernel_initializer", "zeros"), ("trainable", False)):
                if name not in given and not (name == "use_bias" and name_of(node.func) == "Embedding"):
                    yield call_with(node, keywords=[*node.keywords, ast.keyword(name, ast.Constant(value))])
        case ast.Call() if name_of(node.func) == "fit":
            given = {keyword.arg for keyword in node.keywords}
            if "epochs" not in given:
                yield call_with(node, keywords=[*node.keywords, ast.keyword("epochs", ast.Constant(2))])
            if "batch_size" not in given:
                yield call_with(node, keywords=[*node.keywords, ast.keyword("batch_size", ast.Constant(1000))])
            if len(node.args) > 1:
                labels = ast.Subscript(node.args[1], ast.Slice(None, None, ast.Constant(-1)), ast.Load())
                yield call_with(node, args=[node.args[0], labels, *node.args[2:]])
        case ast.Expr(value=ast.Call() as call) if name_of(call.func) in ("fit", "compile"):
            yield ast.For(ast.Name("_", ast.Store()), ast.parse("range(2)").body[0].value, [node], [])
        case ast.Name(id=name, ctx=ast.Load()) if name in _OTHER_DATA:
            yield ast.Name(_OTHER_DATA[name], ast.Load())
