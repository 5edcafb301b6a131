"""What a hostile notebook may try. Each attack is a cell; the judge's verdict on it must be one of `ends`.

`alive`: whether the student's process goes on to the next cell (None: either way is fine).
"""

from __future__ import annotations

from dataclasses import dataclass

OK, ERROR, TIMED_OUT, CRASHED = "ok", "error", "timed_out", "crashed"


@dataclass(frozen=True)
class Attack:
    name: str
    cell: str
    ends: tuple[str, ...]
    alive: bool | None = None


ON_THE_PROCESS = [
    Attack("leaves at once", "import os; os._exit(0)", (CRASHED,), False),
    Attack("leaves politely", "import sys; sys.exit(0)", (ERROR,), True),
    Attack("breaks memory", "import ctypes; ctypes.string_at(0)", (CRASHED,), False),
    Attack("aborts", "import os; os.abort()", (CRASHED,), False),
    Attack("loops for ever", "while True: pass", (TIMED_OUT,), True),
    Attack("sleeps for ever", "import time; time.sleep(1e6)", (TIMED_OUT,), True),
    Attack(
        "loops and swallows the interrupt",
        """
import time
while True:
    try: time.sleep(1)
    except BaseException: pass
""",
        (TIMED_OUT,),
        False,
    ),
    Attack(
        "loops with the clock's alarm switched off",
        """
import signal
signal.signal(signal.SIGALRM, signal.SIG_IGN)
while True: pass
""",
        (TIMED_OUT,),
        None,  # its own second alarm ends it, or the judge's look does
    ),
    Attack(
        "loops with both alarms switched off",
        """
import signal
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.signal(signal.SIGPROF, signal.SIG_IGN)
while True: pass
""",
        (TIMED_OUT,),
        False,
    ),
    Attack(
        "loops with signals blocked",
        """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
while True: pass
""",
        (TIMED_OUT,),
        False,
    ),
    Attack("loops inside C code", "sum(iter(int, 1))", (TIMED_OUT,), False),
    Attack(
        "recurses without a floor",
        """
import sys
sys.setrecursionlimit(2**31 - 1)
def f(): return f()
f()
""",
        (CRASHED, ERROR, TIMED_OUT),
    ),
    Attack("fills memory at once", "hog = bytearray(64 << 30)", (ERROR,), True),
    Attack(
        "fills memory bit by bit",
        """
hog = []
while True: hog.append(bytearray(16 << 20))
""",
        (ERROR, CRASHED, TIMED_OUT),
    ),
    Attack(
        "forks without end",
        """
import os
while True:
    try: os.fork()
    except OSError: pass
""",
        (TIMED_OUT, CRASHED),
        None,
    ),
    Attack(
        "starts threads without end",
        """
import threading, time
while True: threading.Thread(target=time.sleep, args=(1e6,), daemon=True).start()
""",
        (ERROR, CRASHED, TIMED_OUT),
    ),
    Attack(
        "raises its own limits",
        """
import resource
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
""",
        (ERROR,),
        True,
    ),
    Attack(
        "fills the disk with one file",
        """
with open("big", "wb") as file:
    for _ in range(1000): file.write(bytes(1 << 20))
""",
        (ERROR, CRASHED),
    ),
    Attack(
        "prints without end",
        """
for _ in range(2000): print("x" * 500_000)
""",
        (OK, TIMED_OUT),
    ),
    Attack(
        "prints past Python",
        """
import os
for fd in (1, 2):
    for _ in range(2000): os.write(fd, bytes(500_000))
""",
        (OK, TIMED_OUT),
        True,
    ),
    Attack(
        "shows a huge page",
        """
from IPython.display import HTML, display
display(HTML("<script>" + "x" * 50_000_000))
""",
        (OK, TIMED_OUT),
        True,
    ),
    Attack("stops itself", "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", (OK, TIMED_OUT)),
    Attack(
        "forbids the parent's death signal",
        """
import ctypes
assert ctypes.CDLL(None).prctl(1, 0) == 0, "refused"
""",
        (ERROR,),
        True,
    ),
]

ON_THE_LINE = [
    Attack("closes every descriptor", "import os; os.closerange(0, 1000)", (CRASHED,), False),
    Attack(
        "writes rubbish on every descriptor",
        """
import os
for fd in range(3, 50):
    try: os.write(fd, b"rubbish" * 100)
    except OSError: pass
""",
        (CRASHED,),
        False,
    ),
    Attack(
        "announces a huge frame",
        """
import os, struct
os.write(3, struct.pack("!IQ", 2**31, 2**62))
""",
        (CRASHED,),
        False,
    ),
    Attack(
        "announces a frame and says no more",
        """
import os, struct, time
os.write(3, struct.pack("!IQ", 1000, 1000))
while True: time.sleep(1)
""",
        (TIMED_OUT,),
        False,
    ),
    Attack(
        "answers a question that was not asked",
        """
import os
from autograder.runner import wire
os.write(3, wire.dumps({"id": 10**6, "value": 100.0}))
""",
        (CRASHED,),
        False,
    ),
    Attack(
        "answers with a bare number",
        """
import os
from autograder.runner import wire
os.write(3, wire.dumps(100.0))
""",
        (CRASHED,),
        False,
    ),
    Attack(
        "claims that the sandbox broke",
        """
import os
from autograder.runner import wire
os.write(3, wire.dumps({"broken": "the host is at fault"}))
""",
        (CRASHED,),
        False,
    ),
    Attack(
        "replaces the wire",
        """
from autograder.runner import wire
wire.dumps = lambda *a, **k: b"0" * 1000
""",
        (CRASHED,),
        False,
    ),
    Attack(
        "sends a deep nest",
        """
import os, struct
nest = b"\\x91" * 200_000 + b"\\xc0"
os.write(3, struct.pack("!IQ", len(nest), 0) + nest)
""",
        (CRASHED,),
        False,
    ),
    Attack(
        "reads the judge's questions",
        """
import os
os.read(3, 10_000_000)
""",
        (TIMED_OUT,),
        None,
    ),
]

# Each must raise inside the cage. {secret}: a file outside; {outside}: its folder; {port}: a port somebody listens on.
ON_THE_WALLS = {
    "reads a file outside": "open({secret!r}).read()",
    "reads through a link": "import os; os.symlink({secret!r}, 'link'); open('link').read()",
    "links a file into its scratch folder": "import os; os.link({secret!r}, 'mine'); open('mine').read()",
    "reads through its own root": "open('/proc/self/root' + {secret!r}).read()",
    "reads the environment of another process": "open('/proc/{judge}/environ').read()",
    "lists a folder outside": "import os; os.listdir({outside!r})",
    "lists the course": "import os, autograder; os.listdir(os.path.dirname(os.path.dirname(autograder.__file__)))",
    "reads the judge's code": "import autograder; open(autograder.__path__[0] + '/judge/testcell.py').read()",
    "reads the password file": "open('/etc/passwd').read()",
    "writes a file outside": "open({outside!r} + '/forged', 'w').write('x')",
    "makes a folder outside": "import os; os.mkdir({outside!r} + '/forged')",
    "deletes a file outside": "import os; os.unlink({secret!r})",
    "writes into Python itself": "import numpy; open(numpy.__file__, 'a').write('#')",
    "writes into course_utils": "import course_utils; open(course_utils.__file__, 'a').write('#')",
    "connects to this machine": "import socket; socket.create_connection(('127.0.0.1', {port}), 1)",
    "sends a datagram": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "opens a Unix socket": "import socket; socket.socket(socket.AF_UNIX)",
    "writes to a socket by its name": (
        "import socket; socket.socketpair(type=socket.SOCK_DGRAM)[0].sendto(b'x', {outside!r} + '/socket')"
    ),
    "writes to a socket by its name, raw": (
        "import socket; socket.socketpair(type=socket.SOCK_RAW)[0].sendto(b'x', {outside!r} + '/socket')"
    ),
    "watches a folder by a descriptor": "import fcntl, os; fcntl.fcntl(os.open('.', 0), fcntl.F_NOTIFY, 1)",
    "opens a netlink socket": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "runs a program": "import subprocess; subprocess.run(['/bin/true'])",
    "kills its parent": "import os; assert os.getppid(); os.kill(os.getppid(), 9)",
    "kills everything": "import os; os.kill(-1, 9)",
    "signals the judge": "import os; os.kill({judge}, 0)",
    "traces the judge": "import ctypes; assert ctypes.CDLL(None).ptrace(16, {judge}, 0, 0) == 0",
    "makes namespaces": "import ctypes; assert ctypes.CDLL(None).unshare(0x10000000) == 0",
    "mounts a file system": "import ctypes; assert ctypes.CDLL(None).mount(b't', b'.', b'tmpfs', 0, None) == 0",
    "makes nameless memory files": "import os; os.memfd_create('hidden')",
    "takes shared memory": "import ctypes; assert ctypes.CDLL(None).shmget(0, 1 << 30, 0o1600) >= 0",
    "becomes another user": "import os; os.setuid(0 if os.getuid() else 1)",
    "opens a device": "open('/dev/kmsg').read(1)",
    "uses io_uring": "import ctypes; assert ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(200)) >= 0",
    "uses a newer call": "import ctypes; assert ctypes.CDLL(None).syscall(451, 0, 0, 0, 0) >= 0",
}

REFUSALS = ("PermissionError", "FileNotFoundError", "ProcessLookupError", "OSError", "AssertionError")

# The attacks on walls that may be tried without any, to see that it is the wall that stops them.
HARMLESS_UNCONFINED = [
    "reads a file outside",
    "reads through a link",
    "reads through its own root",
    "lists a folder outside",
    "lists the course",
    "reads the environment of another process",
    "reads the judge's code",
    "reads the password file",
    "writes a file outside",
    "connects to this machine",
    "sends a datagram",
    "opens a Unix socket",
    "writes to a socket by its name",
    "writes to a socket by its name, raw",
    "watches a folder by a descriptor",
    "runs a program",
    "signals the judge",
    "makes nameless memory files",
    "takes shared memory",
]
