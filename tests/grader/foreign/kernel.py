"""Tests that ask a notebook's kernel: its history, magics, streams, event loop, pictures, widgets."""

from __future__ import annotations

from .plain import Row

HISTORY: dict[str, Row] = {
    "last-output": ("21 * 2", "21 * 3", "assert _ == 42"),
    "numbered-output": ("x = 5\nx * 2", "x = 5\nx * 3", "assert Out[max(Out)] == 10"),
    "cell-source": ("total = 0\nfor i in range(3): total += i", "total = sum(range(3))", "assert 'for ' in In[-2]"),
    "cell-before": ("q = [k for k in (1, 2)]", "q = list((1, 2))", "assert ' for k in' in _i"),
    "raw-history": (
        "z = 7  # seven",
        "z = 7",
        "assert '# seven' in get_ipython().history_manager.input_hist_raw[-2]",
    ),
    "imports-in-the-cell": (
        "import math as m\nroot = m.sqrt(4)",
        "root = 2.0",
        "import ast\nassert any(isinstance(n, ast.Import) for n in ast.walk(ast.parse(In[-2])))",
    ),
    "one-line": ("c = [i for i in (1, 2)]", "c = []\nc.append(1)", "assert len(In[-2].strip().splitlines()) == 1"),
    "main-module": (
        "def f(): return 1",
        "f = 1",
        "import __main__\nassert __main__.f() == 1 and vars(__main__) is globals()",
    ),
    "own-functions": (
        "def only_one(): pass",
        "only_one = 1",
        "import inspect, sys\nfound = inspect.getmembers(sys.modules['__main__'], inspect.isfunction)\n"
        "assert 'only_one' in dict(found)",
    ),
    "who": ("unusual = 1", "usual = 1", "names = %who_ls\nassert 'unusual' in names and 'In' not in names"),
    "nothing-given": (
        "given = 1",
        "given = 2",
        "assert not {'np', 'plt', 'pd', 'lesson', 'course_utils'} & set(globals()) and given == 1",
    ),
    "changed-global": (
        "count = 0\ndef bump():\n    global count\n    count += 1",
        "count = 0\ndef bump(): count = 1",
        "bump(); bump()\nassert count == 2",
    ),
    "left-by-the-test-above": ("e = 3", "e = 4", "assert count == 2 and e == 3"),
    "which-shell": ("s = 1", "s = 2", "assert type(get_ipython()).__name__ == 'ZMQInteractiveShell' and s == 1"),
    "nested-cell": ("text = 'made = 1'", "text = 'made = 1 / 0'", "assert get_ipython().run_cell(text).success"),
    "nested-and-silent": (
        "text = '1'",
        "text = '1 / 0'",
        "2 if get_ipython().run_cell(text, silent=True).success else 1",
    ),
}
COMMANDS: dict[str, Row] = {
    "into-a-folder": (
        "%cd data\nrows = open('rows.csv').read()\n%cd ..",
        "rows = ''",
        "assert rows == '1,2,3'",
    ),
    "stored": (
        "kept = [1, 2]\n%store kept\ndel kept",
        "kept = [1]\n%store kept\ndel kept",
        "%store -r kept\nassert kept == [1, 2]",
    ),
    "retina": ("r = 1", "r = 2", "%config InlineBackend.figure_format = 'retina'\nassert r == 1"),
    "reloads": ("%load_ext autoreload\n%autoreload 2\na = 1", "a = 2", "assert a == 1\n%autoreload 0"),
    "two-digits": ("third = 1 / 3", "third = 2 / 3", "%precision 2\nthird"),
    "all-digits": ("third = 1 / 3", "third = 2 / 3", "%precision\nthird"),
    "every-value": ("v = 1", "v = 2", "%config ZMQInteractiveShell.ast_node_interactivity = 'all'\nassert v == 1"),
    "first-value-counts": ("w = 1", "w = 0", "0.5 + w / 2\nassert w == 1"),
    "last-value-again": ("v = 1", "v = 2", "get_ipython().ast_node_interactivity = 'last_expr'\nassert v == 1"),
    "timeit": (
        "def f(): return 1",
        "def f(): raise ValueError",
        "t = %timeit -n 2 -r 1 -o -q f()\nassert t.loops == 2",
    ),
    "help": ("def f(): 'doc'", "f = 2", "f?\nassert callable(f)"),
    "run-with-names": (
        "seed = 3\nopen('script.py', 'w').write('twice = 2 * seed')",
        "seed = 3\nopen('script.py', 'w').write('twice = 1')",
        "%run -i script.py\nassert twice == 6\ndel twice",
    ),
    "own-magic": (
        "from IPython.core.magic import register_cell_magic\n@register_cell_magic\ndef keep(line, cell):\n"
        "    global text\n    text = cell",
        "keep = 1",
        "%%keep\nsome text",
    ),
    "kept-by-it": ("k = 1", "k = 2", "assert text == 'some text\\n' and k == 1"),
    "prompts": (">>> p = 4\n>>> p += 1", "p = 4", "assert p == 5"),
    "missing-extension": ("m = 1", "m = 2", "%load_ext not_there\nassert m == 1"),
}
STREAMS: dict[str, Row] = {
    "typed-in": ("def ask(): return int(input())", "def ask(): return 0", "assert ask() == 5"),
    "end-of-input": (
        "def ask():\n    try: return input()\n    except EOFError: return 'end'",
        "def ask(): return 'end'",
        "assert ask() == 'end'",
    ),
    "typed-into-stdin": (
        "def ask(): return int(input()) + 1",
        "def ask(): return 5",
        "import io, sys\nold, sys.stdin = sys.stdin, io.StringIO('4\\n')\ntry:\n    assert ask() == 5\nfinally:\n"
        "    sys.stdin = old",
    ),
    "breakpoint": ("def f(): return 1", "def f():\n    breakpoint()\n    return 1", "assert f() == 1"),
    "set-trace": (
        "def f(): return 1",
        "def f():\n    import pdb\n    pdb.set_trace()\n    return 1",
        "assert f() == 1",
    ),
    "encoding": ("e = 1", "e = 2", "assert sys.stdout.encoding.lower() == 'utf-8' and e == 1"),
    "descriptor": (
        "e = 1",
        "e = 2",
        "import faulthandler\nfaulthandler.enable()\nassert sys.stdout.fileno() and e == 1",
    ),
    "first-stderr": ("def f(): print(1)", "def f(): print(1, file=sys.__stderr__)", "f()"),
    "progress": ("def f(): print('\\r1', end='')", "def f(): print('\\r1', end='', file=sys.stderr)", "f()"),
    "cleared": (
        "c = 1",
        "c = 2",
        "from IPython.display import clear_output\nprint('1 %', file=sys.stderr)\nclear_output()\nassert c == 1",
    ),
    "cleared-by-the-next": ("c = 1", "c = 2", "print('1 %', file=sys.stderr)\nclear_output(wait=True)\nprint('done')"),
    "cleared-by-nothing": ("c = 1", "c = 2", "print('1 %', file=sys.stderr)\nclear_output(wait=True)\nassert c"),
    "note-before-the-points": ("n = 0", "n = 1", "if n: print('note', file=sys.stderr)\n1.5"),
    "log-to-stdout": (
        "import logging\nlogging.basicConfig(stream=sys.stdout, force=True)\nlog = logging.getLogger()",
        "import logging\nlog = None",
        "log.warning('seen')\nlogging.getLogger().handlers.clear()",
    ),
    "deprecated": ("def f(): pass", "import warnings\ndef f(): warnings.warn('old', DeprecationWarning, 2)", "f()"),
    "not-awaited": ("def f(): pass", "async def f(): pass", "f();\nNone"),
    "many-lines": ("def f(): print('1\\n' * 3000)", "def f(): print('1\\n' * 3000); raise ValueError", "f()\n0.5"),
}
LOOP: dict[str, Row] = {
    "gathered": (
        "import asyncio\nasync def one(x):\n    await asyncio.sleep(0)\n    return x",
        "import asyncio\nasync def one(x): return 0",
        "assert await asyncio.gather(*map(one, [1, 2])) == [1, 2]",
    ),
    "in-time": (
        "async def f(): return 1",
        "async def f(): await asyncio.sleep(5)",
        "assert await asyncio.wait_for(f(), 0.1) == 1",
    ),
    "cancelled": ("async def f(): return 1", "async def f(): raise asyncio.CancelledError", "assert await f() == 1"),
    "loop-in-a-thread": (
        "async def f(): return 1",
        "async def f(): return 2",
        "import threading\ngot = []\nt = threading.Thread(target=lambda: got.append(asyncio.run(f())))\n"
        "t.start(); t.join()\nassert got == [1]",
    ),
}
PICTURES: dict[str, Row] = {
    "axes-of-the-figure": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nfig = plt.gcf()",
        "import matplotlib.pyplot as plt\nfig = plt.figure()",
        "assert len(fig.axes) == 1",
    ),
    "closed-below-the-cell": ("plt.plot([1]);", "plt.ioff(); plt.plot([1]);", "assert plt.get_fignums() == []"),
    "lines-of-the-axes": (
        "def draw():\n    ax = plt.figure().gca()\n    ax.plot([1], 'r--', label='a')\n    ax.legend()\n    return ax",
        "def draw():\n    ax = plt.figure().gca()\n    ax.plot([0, 1])\n    return ax",
        "ax = draw()\nline = ax.get_lines()[0]\nplt.close('all')\n"
        "assert (line.get_linestyle(), ax.get_legend().get_texts()[0].get_text()) == ('--', 'a')",
    ),
    "usual-size": (
        "fig, ax = plt.subplots()",
        "fig, ax = plt.subplots(figsize=(3, 3))",
        "assert (*fig.get_size_inches(), fig.dpi) == (6.4, 4.8, 100)",
    ),
    "shown": (
        "def draw(): plt.plot([1]); plt.show()",
        "def draw(): pass",
        "from unittest import mock\nwith mock.patch('matplotlib.pyplot.show') as show: draw()\nassert show.called",
    ),
    "plot-is-the-value": ("def draw(): return plt.plot([1, 2])", "def draw(): return 0.5", "draw()"),
    "saved": (
        "plt.plot([1]); plt.savefig('plot.png'); plt.close()",
        "open('plot.png', 'w').close()",
        "import os\nassert os.path.getsize('plot.png') > 1000",
    ),
}
WIDGETS: dict[str, Row] = {
    "slider": (
        "import ipywidgets as widgets\nslider = widgets.IntSlider(value=3)",
        "import ipywidgets as widgets\nslider = widgets.IntSlider()",
        "assert slider.value == 3",
    ),
    "observed": (
        "seen = []\nslider.observe(lambda change: seen.append(change['new']), 'value')",
        "seen = []",
        "slider.value = 4\nassert seen == [4]",
    ),
    "interact": (
        "seen = []\n@widgets.interact(x=(0, 4))\ndef show(x=2): seen.append(x)",
        "seen = []",
        "assert seen == [2]",
    ),
    "widget-is-the-value": ("w = widgets.IntText(5)", "w = 0.5", "w"),
}
