"""No process outlives a submission: chains of forks, as root and as an ordinary user, with and without namespaces."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.runner.sandbox import groups

ROOT = Path(__file__).parents[2]
NOBODY = 65534

# A fork server that runs chains of forks in a student's process and ends the session. Told: the cage, how many
# began. It waits for a line before it ends the session, and for another before it ends the server.
SCRIPT = """
import os, sys
from pathlib import Path
from autograder.errors import UnsafeHost
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox import groups, libc, namespaces, seccomp

blocked, sandbox, uid, grouped = sys.argv[1] == "blocked", sys.argv[2], int(sys.argv[3]), sys.argv[4] == "groups"
trees = groups._places(Path("/proc/self/mounts"), Path("/proc/self/cgroup"))
if not grouped:  # out of sight
    libc.call("unshare", namespaces._NEWNS)
    namespaces._mount(None, Path("/"), None, namespaces._REC | namespaces._PRIVATE)
    namespaces._mount("tmpfs", Path("/sys/fs/cgroup"), "tmpfs", 0)
elif uid and trees:  # delegated, as systemd does it
    part = trees[-1] / f"delegated-{os.getpid()}"
    part.mkdir()
    for path in (part, part / "cgroup.procs", part / "cgroup.subtree_control", part / "cgroup.threads"):
        os.chown(path, uid, uid)
    (part / "cgroup.procs").write_text("0")
if uid:
    os.setgroups([]); os.setresgid(uid, uid, uid); os.setresuid(uid, uid, uid)
if blocked:  # as Docker's own filter does: no new namespaces
    unshare = {"x86_64": 272, "aarch64": 97}[os.uname().machine]
    libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install([(0x20, 0, 0, 0), (0x15, 0, 1, unshare), (6, 0, 0, 0x50001), (6, 0, 0, 0x7FFF0000)])

CHAIN = '''
import os, time
forked = 0
for _ in range(4):
    try:
        pid = os.fork()
    except OSError:
        continue
    if pid == 0:
        try: os.setsid()
        except OSError: pass
        while True:
            try:
                if os.fork(): os._exit(0)
            except OSError: pass
    forked += 1
time.sleep(0.1)
'''
try:
    server = ForkServer("numpy", sandbox=sandbox).__enter__()
except UnsafeHost as error:
    print("unsafe", error, flush=True); sys.exit()
with server.spawn() as student:
    outcome = student.run_cell(CHAIN)
    if student.alive:  # where it may not fork, no check waits for a copy
        assert student._copies == (student.namespace["forked"] > 0)
    print(server.sandbox, student.namespace["forked"] if student.alive else outcome, flush=True)
    print(server._folder.name, server._process.pid, flush=True)
    sys.stdin.readline()
print("ended", flush=True)
sys.stdin.readline()
server.close()
"""


def python_for(uid: int) -> tuple[str, dict[str, str]]:
    """A Python that this user may run, and the environment in which it finds the course."""
    paths = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": "/nowhere"}
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for program in (sys.executable, shutil.which(version, path="/usr/local/bin:/usr/bin")):
        if program is not None:
            asked = "import os; os.setgid(ID); os.setuid(ID); import sys, subprocess; "
            asked = asked.replace("ID", str(uid)) if uid else "import sys, subprocess; "
            asked += "subprocess.run([sys.executable, '-c', 'import numpy, IPython, autograder'], check=True)"
            if not subprocess.run([program, "-c", asked], env=environment, capture_output=True, check=False).returncode:
                return program, environment
    pytest.skip("Python or the course is installed where only root can read it")


def marked(home: str, but: int) -> set[int]:
    """The processes that come from a server: all of them inherit its environment."""
    found = set()
    for _ in range(30):  # those of a chain live for a moment only
        for pid in sorted((int(entry) for entry in os.listdir("/proc") if entry.isdigit()), reverse=True):
            with contextlib.suppress(OSError):  # it has ended
                environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
                if f"HOME={home}".encode() in environment and pid != but:
                    found.add(pid)
    return found


WAYS = {  # who, whether namespaces are refused from outside, the level that is wanted
    "root": (0, "open", "auto"),
    "root at level 2": (0, "open", "landlock"),
    "root, no namespaces": (0, "blocked", "auto"),
    "a user": (NOBODY, "open", "auto"),
    "a user at level 2": (NOBODY, "open", "landlock"),
    "a user, no namespaces": (NOBODY, "blocked", "auto"),
}


@pytest.fixture
def grouped(request: pytest.FixtureRequest) -> Iterator[str]:
    """Whether control groups can be made; a part of the tree that was delegated is taken back."""
    if request.param == "groups":
        if (found := groups.find()) is None:
            pytest.skip("no control group can be made here")
        found.close()
    yield request.param
    for tree in groups._places(Path("/proc/self/mounts"), Path("/proc/self/cgroup")):
        for part in tree.glob("delegated-*"):
            part.rmdir()


@pytest.mark.parametrize("grouped", ["groups", "no groups"], indirect=True)
@pytest.mark.parametrize("way", WAYS)
def test_no_process_survives(way: str, grouped: str) -> None:
    uid, blocked, wanted = WAYS[way]
    if os.getuid() != 0:
        pytest.skip("only root can look for the processes of everybody")
    program, environment = python_for(uid)
    run = [program, "-c", SCRIPT, blocked, wanted, str(uid), grouped]
    with subprocess.Popen(
        run, env=environment, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        cage, _, forked = process.stdout.readline().strip().rpartition(" ")
        if cage.startswith("unsafe"):
            pytest.skip(cage)
        home, server = process.stdout.readline().split()
        running = marked(home, but=int(server))
        process.stdin.write("end the session\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ended\n"
        survivors = marked(home, but=int(server))
        process.stdin.write("end the server\n")
        process.stdin.close()
    assert len(running) > (
        2 if int(forked) else 0
    )  # the guard, the student's process, and the chains: they can be seen
    assert survivors == marked(home, but=0) == set()
    assert ("namespaces" in cage) == (wanted == "auto" and blocked == "open")
    assert ("cgroup" in cage) == (grouped == "groups")
    if uid or "namespaces" in cage:  # root at level 2 may only where each student can have a user of its own
        assert int(forked) == (4 if "namespaces" in cage or "cgroup" in cage else 0)
