"""Which names a cell binds, and which ones it needs from other cells: read off its syntax tree, without running it.

It reads a student's text, which may be made to break a parser, so it works where that text is to run: in the cage.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .kept import only_names

ANY = "*"  # what `from module import *` binds
PYTHON_MAGICS = ("time", "timeit", "capture", "prun")  # their text is Python
MAGIC_CALLS = ("run_line_magic", "run_cell_magic", "system", "getoutput")
NAME = re.compile(r"[^\W\d]\w*")
KNOWN: dict[str, Names] = {}  # the names of the author's own cells, by their texts: read before anything is judged
KINDS = ("needs", "later", "binds", "surely")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Names:
    """The names of one cell.

    `needs`: looked up before the cell itself has bound them. `later`: looked up by its functions when they are called.
    `binds`: bound by it, or stored into. `surely`: bound whichever way it goes. `only_names`: whether the cell does no
    more than to name functions and plain values.
    """

    needs: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()
    surely: frozenset[str] = frozenset()
    only_names: bool = False

    def as_plain(self) -> dict[str, list[str] | bool]:
        return {kind: sorted(getattr(self, kind)) for kind in KINDS} | {"only_names": self.only_names}


def names_of(source: str) -> Names:
    """The names of a cell of plain Python, its magics already turned into calls. A cell that is no Python has none.

    >>> cell = names_of("total = 0\\nfor k in rows:\\n    total += rate * k\\ndef far(x):\\n    return x - start")
    >>> [sorted(part) for part in (cell.needs, cell.later, cell.binds)]
    [['rate', 'rows'], ['start'], ['far', 'k', 'total']]
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return Names()
    reader = _Reader()
    reader.all(tree.body)
    own = reader.known
    found = map(frozenset, (reader.needs, reader.later - own, reader.binds, own))
    return Names(*found, only_names=only_names(tree.body))


class _Reader(ast.NodeVisitor):
    """Goes through a cell in the order in which it runs."""

    def __init__(self) -> None:
        self.needs: set[str] = set()
        self.later: set[str] = set()
        self.binds: set[str] = set()
        self.known: set[str] = set()  # bound by now
        self.scopes: list[tuple[ast.AST, set[str]]] = []  # the functions, classes and comprehensions around
        self.delayed = False  # inside a function, whose body runs when it is called

    def all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def bind(self, name: str) -> None:
        if name == ANY or not self._local(name):
            self.binds.add(name)
            if not self.delayed:
                self.known.add(name)

    def need(self, name: str) -> None:
        if not self._local(name) and name not in self.known:
            (self.later if self.delayed else self.needs).add(name)

    def _local(self, name: str) -> bool:
        return any(name in names for _, names in self.scopes)

    # ---- names

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.bind(node.id)
        else:
            self.need(node.id)

    def visit_Attribute(self, node: ast.Attribute | ast.Subscript) -> None:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Store):  # the object is another afterwards, though its name was bound elsewhere
            root: ast.AST = node
            while isinstance(root, ast.Attribute | ast.Subscript):
                root = root.value
            if isinstance(root, ast.Name) and not self._local(root.id):
                self.binds.add(root.id)

    visit_Subscript = visit_Attribute

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            self.bind(alias.asname or alias.name.partition(".")[0])

    visit_ImportFrom = visit_Import

    def visit_MatchAs(self, node: ast.MatchAs | ast.MatchStar) -> None:
        self.generic_visit(node)
        if node.name:
            self.bind(node.name)

    visit_MatchStar = visit_MatchAs

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.generic_visit(node)
        if node.rest:
            self.bind(node.rest)

    # ---- values before the names that they are bound to

    def visit_Assign(self, node: ast.Assign) -> None:
        self.all([node.value, *node.targets])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.all([node.value, node.annotation])
        if node.value is not None:
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.need(node.target.id)
        self.all([node.value, node.target])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.all([node.value, node.target])

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.all([node.iter, node.target, *node.body, *node.orelse])

    visit_AsyncFor = visit_For

    # ---- ways that part

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        self._one_of([node.body, node.orelse])

    def visit_Try(self, node: ast.Try) -> None:
        self._one_of([[*node.body, *node.orelse], *([handler] for handler in node.handlers)])
        self.all(node.finalbody)

    visit_TryStar = visit_Try

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.bind(node.name)
        self.all([node.type, *node.body])

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        self._one_of([*([case] for case in node.cases), []])

    def _one_of(self, ways: list[list]) -> None:
        before, ends = self.known, []
        for way in ways:
            self.known = set(before)
            self.all(way)
            ends.append(self.known)
        self.known = set.intersection(*ends)

    # ---- scopes

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        a = node.args
        every = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, [a.vararg, a.kwarg])]
        self.all([*node.decorator_list, *a.defaults, *a.kw_defaults, *(arg.annotation for arg in every), node.returns])
        self.bind(node.name)
        self._body(node, node.body, {arg.arg for arg in every})

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.all([*node.args.defaults, *node.args.kw_defaults])
        self._body(node, [node.body], {arg.arg for arg in ast.walk(node.args) if isinstance(arg, ast.arg)})

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.all([*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)])
        before = len(self.scopes)
        self.scopes.append((node, bound_in(node.body)))
        self.all(node.body)
        del self.scopes[before:]
        self.bind(node.name)

    def _body(self, node: ast.AST, body: list, arguments: set[str]) -> None:
        """What stands in a function: it runs later, and does not see the names of a class around it."""
        outer, delayed = self.scopes, self.delayed
        self.scopes = [(n, names) for n, names in outer if not isinstance(n, ast.ClassDef)]
        self.scopes.append((node, arguments | bound_in(body)))
        self.delayed = True
        self.all(body)
        self.scopes, self.delayed = outer, delayed

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        before = len(self.scopes)
        for generator in node.generators:
            self.visit(generator.iter)
            self.scopes.append((node, bound_in([generator.target])))
            self.all(generator.ifs)
        self.all([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        del self.scopes[before:]

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    # ---- magics, after IPython has made calls of them

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        if not (isinstance(node.func, ast.Attribute) and node.func.attr in MAGIC_CALLS):
            return
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        for text in texts[1:] if texts[:1] and texts[0] in PYTHON_MAGICS else []:
            try:
                self.all(ast.parse(text).body)
                continue
            except SyntaxError:
                pass  # options before the code, such as `%timeit -n 10 race(adam)`: its words are names enough
            for name in NAME.findall(text):
                self.need(name)
        if not texts[:1] or texts[0] not in PYTHON_MAGICS:
            for name in NAME.findall(" ".join(texts)):
                self.need(name)


def bound_in(body: Iterable[ast.AST]) -> set[str]:
    """The names that a function's body binds for itself.

    >>> sorted(bound_in(ast.parse("global g\\ng = 1\\nx = [k for k in y]\\nfor i in x: import a.b").body))
    ['a', 'i', 'x']
    """
    found: set[str] = set()
    outside: set[str] = set()
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, COMPREHENSIONS):  # only := gets out of it
            walruses = (n for n in ast.walk(node) if isinstance(n, ast.NamedExpr))
            found |= {n.target.id for n in walruses if isinstance(n.target, ast.Name)}
        elif isinstance(node, ast.Global | ast.Nonlocal):
            outside.update(node.names)
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.alias):
                found.add(node.asname or node.name.partition(".")[0])
            elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
                found.add(node.name)
            elif isinstance(node, ast.MatchMapping) and node.rest:
                found.add(node.rest)
            waiting.extend(ast.iter_child_nodes(node))
    return found - outside
