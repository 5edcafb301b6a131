"""seccomp: which system calls a process and its descendants may make, for good.

A filter of classic BPF instructions, built from one table: calls refused with "not permitted", calls that seem to
succeed and do nothing, and calls allowed only with certain arguments. Calls newer than the table do not exist.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from . import libc

# Name: (x86_64, aarch64); None where the architecture has no such call.
_REFUSED = {
    # the network, and talking to processes outside
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    # other programs and other processes
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "tkill": (200, 130),
    # namespaces and mounts
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "pivot_root": (155, 41),
    "mount": (165, 40),
    "umount2": (166, 39),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    # memory that counts towards no limit
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # wide parts of the kernel that no exercise needs
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "fanotify_init": (300, 262),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "inotify_init": (253, None),  # would tell names in folders that may not be read
    "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    "personality": (135, 92),
    # files by name in ways that an older Landlock lets through; the pace of other processes
    "truncate": (76, 45),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setaffinity": (203, 122),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "process_mrelease": (448, 448),
    # the machine itself
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "acct": (163, 89),
    "syslog": (103, 116),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "vhangup": (153, 58),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "ustat": (136, None),
    "sysfs": (139, None),
}
# Landlock does not cover modes, owners, times and extended attributes; shutil.copy and the like expect them to work.
_IGNORED = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
}
_KILL, _TGKILL = (62, 129), (234, 131)
_SIGQUEUE, _TGSIGQUEUE = (129, 138), (297, 240)
_PRCTL, _PRLIMIT, _SOCKETPAIR = (157, 167), (302, 261), (53, 199)
_FCNTL, _IOCTL = (72, 25), (16, 29)
_CLONE, _CLONE3, _FORK, _VFORK = (56, 220), (435, 435), (57, None), (58, None)
_LAST_KNOWN = 450

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_NEW_NAMESPACES = 0x7E020080  # CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET,TIME}
_CLONE_THREAD = 0x00010000
_OWNERS = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals to another process, by way of a descriptor
_OWNERS_OLD = (0x8901, 0x8902, 0x5452)  # FIOSETOWN, SIOCSPGRP, FIOASYNC: the same

_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_NUMBER, _ARCH, _ARG = 0, 4, 16  # offsets in struct seccomp_data; arguments are 8 bytes, low half first
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def restrict(*, may_fork: bool = True) -> None:
    """Install the filter in this process: signals only to itself, threads allowed, processes if `may_fork`."""
    program = _program(platform.machine(), os.getpid(), may_fork)
    raw = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    libc.call(
        "prctl",
        libc.PR_SET_SECCOMP,
        ctypes.c_ulong(2),
        ctypes.byref(_Program(len(program), raw)),
        ctypes.c_ulong(0),
        ctypes.c_ulong(0),
    )


def _program(machine: str, pid: int, may_fork: bool) -> list[tuple[int, int, int, int]]:
    """The instructions `(code, jump if true, jump if false, operand)`; every rule ends in a return."""
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no seccomp table for {machine}")
    column, arch = _ARCHITECTURES[machine]
    refuse, ignore, absent = _ERRNO | errno.EPERM, _ERRNO, _ERRNO | errno.ENOSYS
    program = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
        (_GREATER, 0, 1, _LAST_KNOWN),
        (_RETURN, 0, 0, absent),
    ]  # also the x32 calls, which start at 2^30

    def rule(call: tuple, *body: tuple[int, int, int, int]) -> None:
        if call[column] is not None:
            program.extend([(_EQUAL, 0, len(body), call[column]), *body])

    def unless(call: tuple, argument: int, code: int, value: int, verdict: int) -> None:
        """`verdict` unless the low half of the argument passes the test."""
        rule(
            call,
            (_LOAD, 0, 0, _ARG + 8 * argument),
            (code, 1, 0, value),
            (_RETURN, 0, 0, verdict),
            (_RETURN, 0, 0, _ALLOW),
        )

    def when(call: tuple, argument: int, code: int, value: int, verdict: int) -> None:
        rule(
            call,
            (_LOAD, 0, 0, _ARG + 8 * argument),
            (code, 0, 1, value),
            (_RETURN, 0, 0, verdict),
            (_RETURN, 0, 0, _ALLOW),
        )

    def unless_one_of(call: tuple, argument: int, values: tuple[int, ...]) -> None:
        """Refused when the low half of the argument is one of the values."""
        tests = [(_EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)]
        load = (_LOAD, 0, 0, _ARG + 8 * argument)
        rule(call, load, *tests, (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, refuse))

    for call in _REFUSED.values():
        rule(call, (_RETURN, 0, 0, refuse))
    for call in _IGNORED.values():
        rule(call, (_RETURN, 0, 0, ignore))
    for call in (_KILL, _TGKILL, _SIGQUEUE, _TGSIGQUEUE):
        unless(call, 0, _EQUAL, pid, refuse)
    when(_PRCTL, 0, _EQUAL, libc.PR_SET_PDEATHSIG, refuse)
    unless(_PRLIMIT, 0, _EQUAL, 0, refuse)
    unless(_SOCKETPAIR, 0, _EQUAL, 1, refuse)  # AF_UNIX, which asyncio's event loop needs
    unless_one_of(_FCNTL, 1, _OWNERS)
    unless_one_of(_IOCTL, 1, _OWNERS_OLD)
    rule(_CLONE3, (_RETURN, 0, 0, absent))  # its flags are out of a filter's sight; the C library falls back to clone
    if may_fork:
        when(_CLONE, 0, _ANY_BIT, _NEW_NAMESPACES, refuse)
    else:
        unless(_CLONE, 0, _ANY_BIT, _CLONE_THREAD, refuse)
        rule(_FORK, (_RETURN, 0, 0, refuse))
        rule(_VFORK, (_RETURN, 0, 0, refuse))
    program.append((_RETURN, 0, 0, _ALLOW))
    return program
