"""Tests of plain Python: values of every kind, calls, generators, classes, errors."""

from __future__ import annotations

Row = tuple[str, str, str]  # the right answer, the wrong one, the test

ASSERTS: dict[str, Row] = {
    "equal": ("def f(x): return 2 * x", "def f(x): return x", "assert f(2) == 4"),
    "told": ("def f(x): return 2 * x", "def f(x): return x", "assert f(2) == 4, 'twice is more'"),
    "unequal": ("def f(x): return [x]", "def f(x): return 0", "assert f(2) != 0"),
    "falsy": (
        "from fractions import Fraction\ndef f(): return Fraction(0)",
        "from fractions import Fraction\ndef f(): return Fraction(1, 2)",
        "assert not f()",
    ),
    "nonempty-set": ("def primes(): return {2, 3, 5}", "def primes(): return set()", "assert primes() != set()"),
    "one-of-several": ("def f(x): return x ** 2", "def f(x): return abs(x)", "assert f(0) == 0\nassert f(-3) == 9"),
    "variable": ("answer = 42", "answer = 41", "assert answer == 42"),
    "type": ("count = 3", "count = 3.0", "assert type(count) is int"),
    "in-globals": ("slope = 1", "slop = 1", "assert 'slope' in globals()"),
    "identity": (
        "class One:\n    _it = None\n    def __new__(cls):\n        cls._it = cls._it or object.__new__(cls)\n"
        "        return cls._it",
        "class One: pass",
        "assert One() is One()",
    ),
}
VALUES: dict[str, Row] = {
    "set": ("def f(): return {1, 2}", "def f(): return [1, 2]", "assert f() == {2, 1}"),
    "complex": ("def f(): return 1 + 2j", "def f(): return 1 - 2j", "assert f().imag == 2"),
    "range": ("def f(n): return range(n)", "def f(n): return range(n + 1)", "assert f(3) == range(3)"),
    "date": (
        "import datetime\ndef f(d): return d + datetime.timedelta(days=1)",
        "import datetime\ndef f(d): return d",
        "assert f(datetime.date(2024, 2, 28)) == datetime.date(2024, 2, 29)",
    ),
    "namedtuple": (
        "from collections import namedtuple\nPoint = namedtuple('Point', 'x y')",
        "Point = lambda x, y: (x, y)",
        "assert Point(1, 2).y == 2",
    ),
    "counter": (
        "from collections import Counter\ndef f(s): return Counter(s)",
        "def f(s): return {c: 1 for c in s}",
        "assert f('aab').most_common(1) == [('a', 2)]",
    ),
    "decimal": (
        "from decimal import Decimal\ndef f(): return Decimal('0.1') * 3",
        "def f(): return 0.1 * 3",
        "from decimal import Decimal\nassert f() == Decimal('0.3')",
    ),
    "defaultdict": (
        "from collections import defaultdict\ndef f(): return defaultdict(list)",
        "def f(): return {}",
        "d = f()\nd['x'].append(1)\nassert d == {'x': [1]}",
    ),
    "frozenset-key": (
        "def f(d): return d[frozenset({1, 2})]",
        "def f(d): return d[(1, 2)]",
        "assert f({frozenset({2, 1}): 'both'}) == 'both'",
    ),
    "bytes-and-text": ("def f(s): return s.encode()", "def f(s): return s", "assert f('ä') == b'\\xc3\\xa4'"),
    "nan": ("nothing = float('nan')", "nothing = 0.0", "assert nothing != nothing"),
}
CALLS: dict[str, Row] = {
    "lambda-argument": (
        "def twice(g, x): return g(g(x))",
        "def twice(g, x): return g(x)",
        "assert twice(lambda v: v + 3, 1) == 7",
    ),
    "set-argument": ("def f(s): return s | {0}", "def f(s): return s", "assert f({1}) == {0, 1}"),
    "axes-argument": (
        "def draw(ax): ax.plot([1, 2], [3, 4])",
        "def draw(ax): pass",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\ndraw(ax)\nplt.close(fig)\nassert ax.lines",
    ),
    "closure": (
        "def counter():\n    n = [0]\n    def step():\n        n[0] += 1\n        return n[0]\n    return step",
        "def counter(): return lambda: 1",
        "step = counter()\nstep()\nassert step() == 2 and counter()() == 1",
    ),
    "decorator": (
        "def loud(g): return lambda *a: g(*a).upper()",
        "def loud(g): return g",
        "@loud\ndef hi(name): return 'hi ' + name\nassert hi('ann') == 'HI ANN'",
    ),
    "sort-key": (
        "def last(word): return word[-1]",
        "def last(word): return word[0]",
        "assert sorted(['ab', 'ba'], key=last) == ['ba', 'ab']",
    ),
    "reduce": (
        "def add(a, b): return a + b",
        "def add(a, b): return a",
        "from functools import reduce\nassert reduce(add, [1, 2, 3]) == 6",
    ),
    "changes-its-argument": (
        "def put(rows): rows.append(1)",
        "def put(rows): return rows + [1]",
        "rows = []\nput(rows)\nassert rows == [1]",
    ),
    "mutable-default": (
        "def gather(x, into=None):\n    into = [] if into is None else into\n    into.append(x)\n    return into",
        "def gather(x, into=[]):\n    into.append(x)\n    return into",
        "gather(1)\nassert gather(2) == [2]",
    ),
    "keywords": ("def f(*, a, b=2): return a + b", "def f(a, b): return a + b", "assert f(a=1) == 3"),
    "recursion": (
        "def depth(t): return 1 + max(map(depth, t), default=0)",
        "def depth(t): return depth(t)",
        "assert depth([[], [[]]]) == 3",
    ),
}
GENERATORS: dict[str, Row] = {
    "generator": (
        "def squares():\n    yield from (1, 4, 9)",
        "def squares(): return [1, 4, 9]",
        "assert next(squares()) == 1 and list(squares()) == [1, 4, 9]",
    ),
    "endless-generator": (
        "def naturals():\n    n = 0\n    while True:\n        yield n\n        n += 1",
        "def naturals():\n    yield 0",
        "from itertools import islice\nassert list(islice(naturals(), 3)) == [0, 1, 2]",
    ),
    "iterator-class": (
        "class Down:\n    def __init__(self, n): self.n = n\n    def __iter__(self): return self\n"
        "    def __next__(self):\n        if not self.n: raise StopIteration\n"
        "        self.n -= 1\n        return self.n",
        "class Down:\n    def __init__(self, n): self.n = n",
        "assert list(Down(3)) == [2, 1, 0]",
    ),
    "context-manager": (
        "from contextlib import contextmanager\nlog = []\n@contextmanager\ndef noted():\n    log.append('in')\n"
        "    yield\n    log.append('out')",
        "log = []\nclass noted:\n    def __enter__(self): pass\n    def __exit__(self, *_): pass",
        "with noted():\n    pass\nassert log == ['in', 'out']",
    ),
}
CLASSES: dict[str, Row] = {
    "operators": (
        "class V:\n    def __init__(self, x): self.x = x\n    def __add__(self, o): return V(self.x + o.x)\n"
        "    def __eq__(self, o): return self.x == o.x",
        "class V:\n    def __init__(self, x): self.x = x\n    def __add__(self, o): return V(self.x)\n"
        "    def __eq__(self, o): return self.x == o.x",
        "assert V(1) + V(2) == V(3)",
    ),
    "isinstance": ("class Cat(dict): pass", "class Cat: pass", "assert isinstance(Cat(), dict)"),
    "subclass": (
        "class Base:\n    def area(self): return 0\nclass Square(Base):\n    def area(self): return 4",
        "class Base: pass\nclass Square:\n    def area(self): return 4",
        "class Mine(Square): pass\nassert issubclass(Mine, Base) and Mine().area() == 4",
    ),
    "abstract": (
        "from abc import ABC, abstractmethod\nclass Shape(ABC):\n    @abstractmethod\n    def area(self): ...",
        "class Shape:\n    def area(self): ...",
        "try:\n    Shape()\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError('it can be made')",
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass P:\n    x: int = 0",
        "class P:\n    x = 0",
        "import dataclasses\nassert dataclasses.replace(P(), x=2) == P(2) and hash(P(1)) == hash(P(1))",
    ),
    "property": (
        "class T:\n    @property\n    def c(self): return 1",
        "class T:\n    c = 1",
        "try:\n    T().c = 2\nexcept AttributeError:\n    ok = True\nelse:\n    ok = False\nassert ok",
    ),
    "pickled": (
        "class Q:\n    def __init__(self): self.x = 1",
        "class Q:\n    def __init__(self): self.x = lambda: 1",
        "import pickle\nassert pickle.loads(pickle.dumps(Q())).x == 1",
    ),
    "deepcopy": (
        "class Tree:\n    def __init__(self): self.kids = []",
        "class Tree:\n    kids = []",
        "import copy\none = Tree()\ntwo = copy.deepcopy(one)\ntwo.kids.append(1)\nassert one.kids == []",
    ),
    "hashable": (
        "class K:\n    def __eq__(self, o): return True\n    def __hash__(self): return 7",
        "class K:\n    def __eq__(self, o): return True",
        "assert {K(): 'found'}[K()] == 'found'",
    ),
}
ERRORS: dict[str, Row] = {
    "except-else": (
        "def f(n):\n    if n < 0: raise ValueError('negative')\n    return n",
        "def f(n): return n",
        "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('did not raise')",
    ),
    "pytest-raises": (
        "def f(n):\n    if n < 0: raise ValueError('negative')",
        "def f(n): pass",
        "import pytest\nwith pytest.raises(ValueError, match='neg'):\n    f(-1)",
    ),
    "pytest-approx": ("third = 1 / 3", "third = 0.3", "assert third == pytest.approx(0.333333, abs=1e-4)"),
    "assertRaises": (
        "def f(d): return d['x']",
        "def f(d): return d.get('x')",
        "import unittest\nwith unittest.TestCase().assertRaises(KeyError):\n    f({})",
    ),
    "unittest": (
        "def f(x): return x + 1",
        "def f(x): return x",
        "import io, unittest\nclass Test(unittest.TestCase):\n    def test(self): self.assertEqual(f(1), 2)\n"
        "tests = unittest.defaultTestLoader.loadTestsFromTestCase(Test)\n"
        "ran = unittest.TextTestRunner(stream=io.StringIO()).run(tests)\n"
        "assert ran.wasSuccessful()",
    ),
    "own-error": (
        "class Broke(Exception): pass\ndef pay(): raise Broke('no money')",
        "class Broke(Exception): pass\ndef pay(): raise RuntimeError('no money')",
        "try:\n    pay()\nexcept Broke as error:\n    assert str(error) == 'no money'",
    ),
    "exits": ("def leave(): return 0", "def leave(): raise SystemExit(1)", "assert leave() == 0"),
    "group": (
        "def f(): raise ExceptionGroup('two', [ValueError(1), KeyError(2)])",
        "def f(): raise ValueError(1)",
        "seen = []\ntry:\n    f()\nexcept* KeyError:\n    seen.append(1)\nexcept* ValueError:\n    seen.append(2)\n"
        "assert seen == [1, 2] or seen == [2, 1]",
    ),
    "chained": (
        "def f():\n    try: int('x')\n    except ValueError as e: raise KeyError('x') from e",
        "def f(): raise KeyError('x')",
        "try:\n    f()\nexcept KeyError as e:\n    assert isinstance(e.__cause__, ValueError)",
    ),
}
