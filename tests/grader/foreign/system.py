"""Tests that ask the system: files, modules made on the way, processes, threads, signals; and points of many forms."""

from __future__ import annotations

from .plain import Row

WRITTEN: dict[str, Row] = {
    "json-file": (
        "open('result.json', 'w').write('{\"a\": 1}')",
        "open('result.json', 'w').write('{}')",
        "import json\nassert json.load(open('result.json'))['a'] == 1",
    ),
    "globbed": (
        "from pathlib import Path\nfound = [p.name for p in Path('data').glob('*.csv')]",
        "from pathlib import Path\nfound = []",
        "assert 'rows.csv' in found",
    ),
    "data-changed": (
        "with open('data/log.csv', 'a') as file: file.write(',2')",
        "import os",
        "assert open('data/log.csv').read() == '1,2'",
    ),
    "folder-made": (
        "Path('results/deep').mkdir(parents=True)",
        "pass",
        "import os\nassert os.path.isdir('results/deep')",
    ),
    "linked": ("os.symlink('data/rows.csv', 'link')", "open('link', 'w').close()", "assert os.path.islink('link')"),
    "sql-in-memory": (
        "import sqlite3\ndb = sqlite3.connect(':memory:')\ndb.execute('create table t (a)')\n"
        "db.execute('insert into t values (1)')",
        "import sqlite3\ndb = sqlite3.connect(':memory:')\ndb.execute('create table t (a)')",
        "assert db.execute('select a from t').fetchall() == [(1,)]",
    ),
    "sql-in-a-file": (
        "with sqlite3.connect('school.db') as db: db.execute('create table t as select 2')",
        "with sqlite3.connect('school.db') as db: db.execute('create table t as select 3')",
        "assert sqlite3.connect('school.db').execute('select * from t').fetchall() == [(2,)]",
    ),
    "sql-log-ahead": (
        "mode = sqlite3.connect('log.db').execute('pragma journal_mode=wal').fetchone()[0]",
        "mode = sqlite3.connect('log.db').execute('pragma journal_mode').fetchone()[0]",
        "assert mode == 'wal'",
    ),
    "temporary-folder": (
        "def count(folder): return len(os.listdir(folder))",
        "def count(folder): return 0",
        "import tempfile\nwith tempfile.TemporaryDirectory() as folder:\n"
        "    open(os.path.join(folder, 'a'), 'w').close()\n    assert count(folder) == 1",
    ),
    "home": (
        "note = Path.home() / 'note.txt'\nnote.write_text('x')",
        "note = Path.home() / 'other.txt'",
        "assert note.read_text() == 'x'",
    ),
    "zipped": (
        "import zipfile\nwith zipfile.ZipFile('z.zip', 'w') as z: z.writestr('a', 'hi')",
        "import zipfile\nwith zipfile.ZipFile('z.zip', 'w') as z: z.writestr('a', 'ho')",
        "assert zipfile.ZipFile('z.zip').read('a') == b'hi'",
    ),
    "mapped": (
        "import numpy as np\nm = np.memmap('m.dat', 'i4', 'w+', shape=3)\nm[:] = 7\nm.flush()",
        "import numpy as np\nm = np.memmap('m.dat', 'i4', 'w+', shape=3)",
        "assert np.fromfile('m.dat', 'i4').tolist() == [7, 7, 7]",
    ),
    "locked-file": (
        "import fcntl\ndef lock(file): return fcntl.flock(file, fcntl.LOCK_EX) is None",
        "def lock(file): return False",
        "with open('lock', 'w') as file: assert lock(file)",
    ),
}
MODULES: dict[str, Row] = {
    "module-written": (
        "%%writefile shapes.py\ndef area(): return 4",
        "%%writefile shapes.py\ndef area(): return 5",
        "from shapes import area\nassert area() == 4",
    ),
    "next-module-written": (
        "%%writefile colours.py\nred = 1",
        "%%writefile colours.py\nred = 2",
        "import colours\nassert colours.red == 1",
    ),
    "package-beside": ("from kit.inner import deep", "deep = 0", "assert deep == 11"),
    "path-added": (
        "import sys\nsys.path.append('data')\nfrom in_data import v",
        "v = 0",
        "assert v == 12",
    ),
    "pytest-in-the-cell": (
        "def f(x): return 1",
        "def f(x): return 2",
        "import pytest\nopen('test_f.py', 'w').write('import __main__\\ndef test_f(): assert __main__.f(0) == 1')\n"
        "assert pytest.main(['-q', '-p', 'no:cacheprovider', 'test_f.py']) == 0",
    ),
}
AROUND: dict[str, Row] = {
    "time-zone": (
        "import datetime, zoneinfo\nzone = zoneinfo.ZoneInfo('Europe/Berlin')",
        "import datetime\nzone = datetime.timezone.utc",
        "assert datetime.datetime(2024, 7, 1, tzinfo=zone).utcoffset().seconds == 7200",
    ),
    "who-am-i": ("import getpass\nme = getpass.getuser()", "me = ''", "assert me"),
    "deeper-recursion": (
        "import sys\nsys.setrecursionlimit(20_000)\ndef deep(n): return 0 if n == 0 else 1 + deep(n - 1)",
        "import sys\nsys.setrecursionlimit(20_000)\ndef deep(n): return n + 1",
        "assert deep(9_000) == 9_000\nsys.setrecursionlimit(3_000)",
    ),
    "alarm": (
        "def f(): return 1",
        "def f():\n    while True: pass",
        "import signal\ndef late(*_): raise TimeoutError\nold = signal.signal(signal.SIGALRM, late)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.2)\ntry:\n    assert f() == 1\nfinally:\n"
        "    signal.setitimer(signal.ITIMER_REAL, 0)\n    signal.signal(signal.SIGALRM, old)",
    ),
    "signal-to-itself": (
        "got = []\nsignal.signal(signal.SIGUSR1, lambda *_: got.append(1))",
        "got = []\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "if callable(signal.getsignal(signal.SIGUSR1)): os.kill(os.getpid(), signal.SIGUSR1)\nassert got == [1]",
    ),
    "calls-traced": (
        "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)",
        "def fib(n): return [0, 1, 1, 2, 3][n]",
        "calls = []\nsys.setprofile(lambda frame, event, _: calls.append(frame.f_code.co_name))\nfib(4)\n"
        "sys.setprofile(None)\nassert calls.count('fib') > 2",
    ),
    "thread-in-time": (
        "def f(): return 1",
        "import time\ndef f(): time.sleep(1)",
        "import threading\nt = threading.Thread(target=f)\nt.start(); t.join(0.3)\nassert not t.is_alive()",
    ),
    "thread-fails": (
        "def f(): print('there')",
        "def f(): raise ValueError('there')",
        "t = threading.Thread(target=f)\nt.start(); t.join()",
    ),
    "process-ends": (
        "import multiprocessing\ndef f(): os._exit(3)",
        "import multiprocessing\ndef f(): os._exit(4)",
        "p = multiprocessing.Process(target=f)\np.start(); p.join()\nassert p.exitcode == 3",
    ),
    "process-fails": (
        "def f(): pass",
        "def f(): raise ValueError('in the other process')",
        "p = multiprocessing.Process(target=f)\np.start(); p.join()",
    ),
    "process-answers": (
        "def f(q): q.put(5)",
        "def f(q): q.put(6)",
        "q = multiprocessing.Queue()\np = multiprocessing.Process(target=f, args=(q,))\n"
        "p.start(); v = q.get(timeout=5); p.join()\nassert v == 5",
    ),
    "too-much-memory": (
        "def f():\n    try: bytearray(10 ** 15)\n    except MemoryError: return 'no'",
        "def f(): bytearray(10 ** 15)",
        "assert f() == 'no'",
    ),
    "seeded-of-old": (
        "np.random.seed(1)\nr = np.random.rand()",
        "r = 0",
        "np.random.seed(1)\nassert r == np.random.rand()",
    ),
    "printed-array": ("a = np.array([1.0, 2.5])", "a = [1.0, 2.5]", "assert repr(a) == 'array([1. , 2.5])'"),
}
POINTS_OF_MANY_FORMS: dict[str, Row] = {
    "fraction": ("from fractions import Fraction\np = Fraction(1, 2)", "p = 0.5", "p"),
    "array-of-none": ("p = np.array(0.5)", "p = 0.5", "p"),
    "tiny": ("p = 5e-1", "p = 1e-30", "p"),
    "own-repr": (
        "class P:\n    def __repr__(self): return '1.5'",
        "class P:\n    def __repr__(self): return 'x'",
        "P()",
    ),
    "repr-fails": (
        "class P:\n    def __repr__(self): return 'x'",
        "class P:\n    def __repr__(self): raise ValueError",
        "P()",
    ),
    "nothing": ("p = None", "p = 0", "p"),
    "minus-nought": ("p = 0.0", "p = -0.0", "p"),
    "taken-off": (
        "def f(): return 1",
        "def f(): raise ValueError",
        "points = 2\ntry:\n    f()\nexcept Exception:\n    points -= 1.5\npoints",
    ),
    "case-by-case": (
        "def f(x): return x % 3",
        "def f(x): return x if x < 3 else 0",
        "sum(0.5 * (f(x) == y) for x, y in [(1, 1), (3, 0), (4, 1), (5, 2)])",
    ),
    "shown-not-given": ("p = 1", "p = 2", "display(0.5)\nassert p == 1"),
    "hidden": (
        "def f(x): return abs(x)",
        "def f(x): return x",
        "assert f(1) == 1\n### BEGIN HIDDEN TESTS\nassert f(-1) == 1\n### END HIDDEN TESTS",
    ),
    "hashed": (
        "def f(x): return 2 * x",
        "def f(x): return x",
        "from hashlib import sha1\nassert sha1(str(f(2)).encode() + b'44f2').hexdigest() == sha1(b'444f2').hexdigest()",
    ),
    "only-a-comment": ("p = 1", "p = 2", "# nothing is asked here"),
    "empty": ("p = 1", "p = 2", " \n"),
    "no-python": ("p = 1", "p = = 1", "assert p == 1"),
    "leaves-too-late": ("p = 3", "p = 4\nraise SystemExit", "assert p in (3, 4)"),
    "other-letters": ("größe = π = 3", "größe = π = 4", "assert größe == π == 3"),
    "later-annotations": (
        "from __future__ import annotations\ndef g(x: int): pass",
        "def g(x: int): pass",
        "assert g.__annotations__['x'] == 'int'",
    ),
}
