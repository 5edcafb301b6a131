"""Tests that need the notebook around them: what is shown, sources, magics, points, stderr, files beside it."""

from __future__ import annotations

from .plain import Row

SHOWN: dict[str, Row] = {
    "redirected-print": (
        "def hello(): print('hello')",
        "def hello(): return 'hello'",
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as out:\n    hello()\n"
        "assert out.getvalue() == 'hello\\n'",
    ),
    "replaced-stdout": (
        "def hello(): print('hello', end='')",
        "def hello(): print('hello')",
        "import sys\nold, sys.stdout = sys.stdout, io.StringIO()\ntry:\n    hello()\n    said = sys.stdout.getvalue()\n"
        "finally:\n    sys.stdout = old\nassert said == 'hello'",
    ),
    "capture-magic": ("print_it = lambda: print(7)", "print_it = lambda: None", "%%capture shown\nprint_it()"),
    "captured-before": ("seven = 7", "seven = 8", "assert shown.stdout == '7\\n' and seven == 7"),
    "mocked-input": (
        "def ask(): return int(input('a number')) + 1",
        "def ask(): return 3",
        "from unittest import mock\nwith mock.patch('builtins.input', return_value='4'):\n    assert ask() == 5",
    ),
    "mocked-function": (
        "def helper(): return 1\ndef use(): return helper() + 1",
        "def helper(): return 1\ndef use(): return 2",
        "with mock.patch('__main__.helper', return_value=10) as spy:\n    assert use() == 11\nspy.assert_called_once()",
    ),
    "uses-the-other": (
        "def inner(n): return n\ndef outer(n): return inner(n)",
        "def inner(n): return n\ndef outer(n): return n",
        "kept = inner\ndel inner\ntry:\n    outer(1)\nexcept NameError:\n    pass\nelse:\n    raise AssertionError\n"
        "finally:\n    inner = kept",
    ),
    "title-of-the-plot": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nax = plt.gca()\nax.set_title('line')",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nax = plt.gca()",
        "assert ax.get_title() == 'line'",
    ),
    "displayed": (
        "class Html:\n    def _repr_html_(self): return '<b>x</b>'",
        "class Html: pass",
        "from IPython.display import display\ndisplay(Html())\nassert Html()._repr_html_() == '<b>x</b>'",
    ),
}
SOURCES: dict[str, Row] = {
    "source": (
        "def f(n):\n    s = 0\n    for i in range(n): s += i\n    return s",
        "def f(n): return sum(range(n))",
        "import inspect\nassert 'for ' in inspect.getsource(f)",
    ),
    "syntax-tree": (
        "def f(n): return [k for k in range(n)]",
        "def f(n): return list(range(n))",
        "import ast\nassert any(isinstance(n, ast.ListComp) for n in ast.walk(ast.parse(inspect.getsource(f))))",
    ),
    "signature": (
        "def f(a, b=1): pass",
        "def f(a, b): pass",
        "assert inspect.signature(f).parameters['b'].default == 1",
    ),
    "docstring": ('def f():\n    """It does."""', "def f(): pass", "assert f.__doc__"),
    "annotations": (
        "def f(x: int) -> str: return str(x)",
        "def f(x): return str(x)",
        "import typing\nassert typing.get_type_hints(f) == {'x': int, 'return': str}",
    ),
    "doctest": (
        'def f(x):\n    """\n    >>> f(1)\n    2\n    """\n    return x + 1',
        'def f(x):\n    """\n    >>> f(1)\n    2\n    """\n    return x',
        "import doctest\nfound = doctest.DocTestFinder().find(f, 'f', globs={'f': f})\n"
        "assert doctest.DocTestRunner(verbose=False).run(found[0], out=lambda text: None).failed == 0",
    ),
    "own-max": (
        "def max(rows):\n    best = rows[0]\n    for r in rows: best = r if r > best else best\n    return best",
        "def max(rows): return rows[0]",
        "assert max([1, 3, 2]) == 3\ndel max",
    ),
    "own-math": (
        "class math:\n    pi = 3",
        "import math",
        "assert math.pi == 3\ndel math",
    ),
}
MAGICS: dict[str, Row] = {
    "matplotlib-inline": ("y = 1", "y = 2", "%matplotlib inline\nassert y == 1"),
    "time": ("def f(): return 5", "def f(): return 6", "%time z = f()\nassert z == 5"),
    "time-cell": ("def f(): return 5", "def f(): return 6", "%%time\nassert f() == 5"),
    "get-ipython": ("stored = 3", "stored = 4", "assert get_ipython().user_ns['stored'] == 3"),
    "writefile": ("module = 'made.py'", "module = 'other.py'", "%%writefile made_by_test.txt\nhello"),
    "written-before": (
        "there = True",
        "there = False",
        "assert open('made_by_test.txt').read() == 'hello\\n' and there",
    ),
    "await": (
        "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 1",
        "async def f(): return 2",
        "assert await f() == 1",
    ),
    "async-generator": (
        "async def g():\n    for i in range(3): yield i",
        "async def g():\n    yield 0",
        "assert [i async for i in g()] == [0, 1, 2]",
    ),
    "task": (
        "import asyncio\njob = asyncio.create_task(asyncio.sleep(0, 'done'))",
        "import asyncio\njob = asyncio.create_task(asyncio.sleep(0, 'other'))",
        "assert await job == 'done'",
    ),
    "execution": (
        "import os\nmode = os.environ.get('NBGRADER_EXECUTION')",
        "mode = None",
        "assert mode == 'autograde'",
    ),
}
ARRAYS: dict[str, Row] = {
    "allclose": (
        "import numpy as np\ndef f(x): return x / 3",
        "import numpy as np\ndef f(x): return x / 3.1",
        "import numpy as np\nnp.testing.assert_allclose(f(np.ones(2)), [1 / 3, 1 / 3])",
    ),
    "almost-equal": ("p = 3.14159", "p = 3.2", "np.testing.assert_almost_equal(p, np.pi, decimal=4)"),
    "array-equal": ("m = np.eye(2)", "m = np.ones((2, 2))", "assert np.array_equal(m, [[1, 0], [0, 1]])"),
    "shape-and-kind": (
        "m = np.zeros((2, 3), np.int8)",
        "m = np.zeros((3, 2), np.int8)",
        "assert m.shape == (2, 3) and m.dtype == np.int8",
    ),
    "structured": (
        "r = np.array([(1, 2.5)], dtype=[('a', 'i4'), ('b', 'f8')])",
        "r = np.array([[1, 2.5]])",
        "assert r['b'][0] == 2.5",
    ),
    "objects": ("o = np.array([{1}, {2}], dtype=object)", "o = np.array([1, 2])", "assert o[1] == {2}"),
    "seeded": (
        "def draw(seed): return np.random.default_rng(seed).normal(size=3)",
        "def draw(seed): return np.random.default_rng().normal(size=3)",
        "assert np.array_equal(draw(1), draw(1))",
    ),
    "masked": ("k = np.ma.masked_less([1, 5], 3)", "k = np.array([1, 5])", "assert k.count() == 1"),
}
FRAMES: dict[str, Row] = {
    "frame": (
        "import pandas as pd\ndef f(): return pd.DataFrame({'a': [1, 2]})",
        "import pandas as pd\ndef f(): return {'a': [1, 2]}",
        "pd.testing.assert_frame_equal(f(), pd.DataFrame({'a': [1, 2]}))",
    ),
    "grouped": (
        "def means(d): return d.groupby('k')['v'].mean()",
        "def means(d): return d['v'].mean()",
        "assert means(pd.DataFrame({'k': [1, 1, 2], 'v': [1, 3, 5]})).tolist() == [2, 5]",
    ),
    "read-csv": (
        "rows = pd.read_csv('data/rows.csv', header=None)",
        "rows = pd.DataFrame()",
        "assert rows.shape == (1, 3) and rows.iloc[0, 2] == 3",
    ),
    "missing-values": ("s = pd.Series([1, None]).fillna(0)", "s = pd.Series([1, None])", "assert not s.isna().any()"),
}
SCORES: dict[str, Row] = {  # the last expression of a test may be the points
    "half-the-points": ("x = 1", "x = 0", "1.0 if x else 0.5"),
    "whole-number": ("x = 1", "x = 0", "points = 2 if x else 1\npoints"),
    "no-points": ("x = 1", "x = 0", "2 * x"),
    "a-text": ("x = 1", "x = 0", "'0.5' if x == 0 else '2'"),
    "a-truth": ("x = 1", "x = 0", "x == 1"),
    "a-list": ("x = 1", "x = 0", "[0.5]"),
    "numpy-number": ("x = np.float64(0.5)", "x = 0.5", "x"),
    "silenced": ("x = 1", "x = 0", "0.5;"),
    "printed": ("x = 1", "x = 0", "print(0.5)"),
    "sums": (
        "def f(x): return x * x",
        "def f(x): return x + x",
        "score = 0\nfor v in (2, 3): score += f(v) == v ** 2\nscore",
    ),
}
STDERR: dict[str, Row] = {  # whatever is written there counts as a failure
    "printed-there": ("import sys\ndef f(): print('x', file=sys.stderr)", "def f(): pass", "f()"),
    "warning": ("import warnings\ndef f(): warnings.warn('old')", "def f(): pass", "f()"),
    "logged": ("import logging\ndef f(): logging.getLogger('a').warning('x')", "def f(): pass", "f()"),
    "quiet": (
        "def f(): return np.divide(1.0, 0.0)",
        "def f(): return 1",
        "with np.errstate(all='ignore'):\n    assert f() > 1",
    ),
    "divided": ("def f(): return np.divide(1.0, 0.0)", "def f(): return 1", "assert f() > 0"),
}
FILES: dict[str, Row] = {
    "data": ("rows = open('data/rows.csv').read().split(',')", "rows = []", "assert rows == ['1', '2', '3']"),
    "module": ("import helper\ny = helper.twice(4)", "import helper\ny = helper.twice(5)", "assert y == 8"),
    "module-in-the-test": ("z = 3", "z = 4", "from helper import twice\nassert twice(z) == 6"),
    "written": (
        "def save(): open('out.txt', 'w').write('kept')",
        "def save(): pass",
        "save()\nassert open('out.txt').read() == 'kept'",
    ),
    "by-hand-before": ("w = 1", "w = 2", "assert by_hand() == 'mine' and w == 1"),
    "own-files": ("own = open('mine.txt').read()", "own = ''", "assert own == 'my own'"),
    "test-helper": ("q = 1", "q = 2", "def near(a, b): return abs(a - b) < 0.5\nassert near(q, 1)"),
    "test-helper-later": ("q = 2", "q = 3", "assert near(q, 2)"),
}
