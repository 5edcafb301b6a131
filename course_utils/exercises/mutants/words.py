"""What kind of change a mutant is, in words that show no code of the right answer."""

from __future__ import annotations

import ast

from .calls import name_of

_SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
}
_PARTS = {
    ast.Add: "a term of a sum is left out",
    ast.Sub: "one side of a difference is left out",
    ast.Mult: "a factor is left out",
    ast.Div: "one part of a division is left out",
    ast.Pow: "a power is left out",
    ast.MatMult: "one side of a product with `@` is left out",
}
_COMPARED = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_BORDERS = ({"<", "<="}, {">", ">="})
LINE_LEFT_OUT = "a line is left out"


def said(right: ast.AST, wrong: ast.AST) -> str:
    """What was done, to be read after "as if"; empty where there is nothing to say.

    >>> def between(right, wrong):
    ...     return said(ast.parse(right).body[0].value, ast.parse(wrong).body[0].value)
    >>> between("a - b", "a + b"), between("a < b", "a <= b"), between("np.abs(x)", "x")
    ('there is a `+` for a `-`', '`<` and `<=` are exchanged: think of the border itself', '`abs` is left out')
    """
    match right, wrong:
        case ast.Constant(), ast.Constant():
            return _of_constants(right.value, wrong.value)
        case ast.Compare(ops=[one]), ast.Compare(ops=[other]):
            return _of_comparisons(type(one), type(other))
        case ast.BinOp(), _:
            return _of_operations(right, wrong)
        case ast.AugAssign(), ast.Assign():
            return "a value is written over instead of added to"
        case ast.AugAssign(), ast.AugAssign():
            return _exchanged(type(right.op), type(wrong.op))
        case ast.UnaryOp(op=ast.USub()), _:
            return "a minus sign is left out"
        case ast.UnaryOp(), _:
            return "a `not` is left out"
        case ast.BoolOp(), ast.BoolOp() if type(right.op) is not type(wrong.op):
            return "`and` and `or` are exchanged"
        case ast.BoolOp(), _:
            return "a condition is left out"
        case (ast.IfExp(), _) | (ast.If(), ast.If()):
            return "only one of two cases is ever taken"
        case ast.Slice(), ast.Slice():
            return "a bound of a slice is left out"
        case ast.Name(), ast.Name():
            return f"in one place `{wrong.id}` stands where another input belongs"
        case ast.Attribute(attr="T"), _:
            return "a transpose (`.T`) is left out"
        case ast.Call(), ast.Call():
            return _of_calls(right, wrong)
        case ast.Call(), _:
            return f"`{name_of(right.func)}` is left out"
    return _of_statements(right, wrong)


def _of_constants(right: object, wrong: object) -> str:
    if isinstance(right, str):
        return "a word is another one"
    if isinstance(right, bool) or not isinstance(right, int | float) or not isinstance(wrong, int | float):
        return "a True and a False are exchanged"
    if wrong in (-1, 0, 1):
        return ""  # whoever has it may have written no such number
    if wrong == 2 * right:
        return f"a {wrong:g} in it is twice as large as it should be"
    if abs(wrong - right) == 1:
        return f"a {wrong:g} in it is one too {'large' if wrong > right else 'small'}"
    return f"a {wrong:g} in it should be another number"


def _of_comparisons(right: type, wrong: type) -> str:
    pair = {_COMPARED.get(right, ""), _COMPARED.get(wrong, "")}
    if pair in _BORDERS:
        one, other = sorted(pair)
        return f"`{one}` and `{other}` are exchanged: think of the border itself"
    return "a comparison is the other way round"


def _of_operations(right: ast.BinOp, wrong: ast.AST) -> str:
    if not isinstance(wrong, ast.BinOp) or wrong in (right.left, right.right):
        return _PARTS.get(type(right.op), "a part of a calculation is left out")
    if type(right.op) is type(wrong.op):
        return f"the two sides of a `{_SIGNS[type(right.op)]}` have changed places"
    return _exchanged(type(right.op), type(wrong.op))


def _exchanged(right: type, wrong: type) -> str:
    return f"there is a `{_SIGNS.get(wrong, 'sign')}` for a `{_SIGNS.get(right, 'sign')}`"


def _of_calls(right: ast.Call, wrong: ast.Call) -> str:
    name, other = name_of(right.func), name_of(wrong.func)
    if name != other:
        return f"there is `{other}` where another function of its kind belongs"
    before, after = ({k.arg: ast.unparse(k.value) for k in call.keywords} for call in (right, wrong))
    if gone := [key for key in before if key not in after]:
        return f"`{gone[0]}=` is left out of a call of `{name}`"
    if changed := [key for key in before if before[key] != after[key]]:
        return "it works along another axis" if changed == ["axis"] else f"`{changed[0]}=` is another one"
    if "dtype" in after and "dtype" not in before:
        return "numbers are kept as small whole numbers (uint8)"
    if name == "range":
        return "a loop begins or ends one step too early or too late"
    if len(wrong.args) < len(right.args):
        return f"an input of `{name}` is left out"
    return f"two inputs of `{name}` have changed places"


def _of_statements(right: ast.AST, wrong: ast.AST) -> str:
    match right, wrong:
        case _, ast.Pass():
            return LINE_LEFT_OUT
        case ast.For(), ast.For() if len(wrong.body) > len(right.body):
            return "a loop stops after its first turn"
        case ast.For(), ast.For():
            return "a loop leaves out its first or its last turn"
        case ast.While(), ast.While():
            return "a loop stops after its first turn"
        case ast.FunctionDef(), ast.FunctionDef():
            return "`return` stands inside the loop"
        case ast.comprehension(), ast.comprehension():
            return "a condition is left out"
    return ""
