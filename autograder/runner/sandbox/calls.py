"""The system calls by name and purpose, with their numbers on x86_64 and aarch64 ("-" where there is no such call).

What is not named here does not pass. REFUSED is no part of the filter: it says what was left out on purpose, and gives
those calls their names when a notebook is traced.
"""

from __future__ import annotations

ARCHITECTURES = ("x86_64", "aarch64")
LAST_KNOWN = 450  # newer calls than that are answered as by a kernel that lacks them

Numbers = tuple[int | None, int | None]


def _calls(text: str) -> dict[str, Numbers]:
    def number(word: str) -> int | None:
        return None if word == "-" else int(word)

    return {name: (number(x86), number(arm)) for name, x86, arm in (entry.split() for entry in text.split(";"))}


ALLOWED = {
    "files, of which Landlock says which": _calls("""
        read 0 63; write 1 64; open 2 -; openat 257 56; creat 85 -; close 3 57; close_range 436 436; stat 4 -;
        fstat 5 80; lstat 6 -; newfstatat 262 79; statx 332 291; access 21 -; faccessat 269 48; faccessat2 439 439;
        readlink 89 -; readlinkat 267 78; lseek 8 62; pread64 17 67; pwrite64 18 68; readv 19 65; writev 20 66;
        preadv 295 69; pwritev 296 70; preadv2 327 286; pwritev2 328 287; sendfile 40 71; copy_file_range 326 285;
        dup 32 23; dup2 33 -; dup3 292 24; fsync 74 82; fdatasync 75 83; ftruncate 77 46; fallocate 285 47;
        flock 73 32; fadvise64 221 223; getdents 78 -; getdents64 217 61; getcwd 79 17; chdir 80 49; fchdir 81 50;
        mkdir 83 -; mkdirat 258 34; rmdir 84 -; unlink 87 -; unlinkat 263 35; rename 82 -; renameat 264 38;
        renameat2 316 276; link 86 -; linkat 265 37; symlink 88 -; symlinkat 266 36; statfs 137 43; fstatfs 138 44;
        umask 95 166
    """),
    "memory": _calls("""
        mmap 9 222; munmap 11 215; mprotect 10 226; mremap 25 216; madvise 28 233; brk 12 214; msync 26 227;
        mincore 27 232; membarrier 324 283; get_mempolicy 239 236
    """),
    "threads": _calls("""
        futex 202 98; set_robust_list 273 99; rseq 334 293; set_tid_address 218 96; gettid 186 178;
        arch_prctl 158 -; sched_yield 24 124; sched_getaffinity 204 123; sched_getparam 143 121;
        sched_getscheduler 145 120; sched_get_priority_max 146 125; sched_get_priority_min 147 126;
        sched_rr_get_interval 148 127; getcpu 309 168; exit 60 93; exit_group 231 94; restart_syscall 219 128
    """),
    "time": _calls("""
        clock_gettime 228 113; clock_getres 229 114; clock_nanosleep 230 115; nanosleep 35 101; gettimeofday 96 169;
        time 201 -; times 100 153; alarm 37 -; getitimer 36 102; setitimer 38 103; timer_create 222 107;
        timer_settime 223 110; timer_gettime 224 108; timer_getoverrun 225 109; timer_delete 226 111;
        timerfd_create 283 85; timerfd_settime 286 86; timerfd_gettime 287 87
    """),
    "signals": _calls("""
        rt_sigaction 13 134; rt_sigprocmask 14 135; rt_sigreturn 15 139; rt_sigsuspend 130 133;
        rt_sigpending 127 136; rt_sigtimedwait 128 137; sigaltstack 131 132; pause 34 -; signalfd 282 -;
        signalfd4 289 74
    """),
    "what it is and what it has": _calls("""
        getpid 39 172; getppid 110 173; getuid 102 174; geteuid 107 175; getgid 104 176; getegid 108 177;
        getresuid 118 148; getresgid 120 150; getgroups 115 158; getpgrp 111 -; getpgid 121 155; getsid 124 156;
        getrusage 98 165; getrlimit 97 163; setrlimit 160 164; getpriority 140 141; sysinfo 99 179; uname 63 160;
        capget 125 90; getrandom 318 278; wait4 61 260; waitid 247 95
    """),
    "pipes and events": _calls("""
        pipe 22 -; pipe2 293 59; eventfd 284 -; eventfd2 290 19; epoll_create 213 -; epoll_create1 291 20;
        epoll_ctl 233 21; epoll_wait 232 -; epoll_pwait 281 22; epoll_pwait2 441 441; poll 7 -; ppoll 271 73;
        select 23 -; pselect6 270 72; sendto 44 206; recvfrom 45 207; sendmsg 46 211; recvmsg 47 212;
        shutdown 48 210; getsockopt 55 209; setsockopt 54 208; getsockname 51 204; getpeername 52 205
    """),
}

# Each has a rule about one of its arguments (`seccomp.rules`).
BY_ARGUMENT = _calls("""
        kill 62 129; tgkill 234 131; rt_sigqueueinfo 129 138; rt_tgsigqueueinfo 297 240; prctl 157 167;
        prlimit64 302 261; socketpair 53 199; fcntl 72 25; ioctl 16 29; clone 56 220; fork 57 -; vfork 58 -
    """)

# Landlock does not cover modes, owners, times and extended attributes; shutil.copy and the like expect them to work.
IGNORED = _calls("""
        chmod 90 -; fchmod 91 52; fchmodat 268 53; chown 92 -; fchown 93 55; lchown 94 -; fchownat 260 54;
        utime 132 -; utimes 235 -; futimesat 261 -; utimensat 280 88; setxattr 188 5; lsetxattr 189 6;
        fsetxattr 190 7; removexattr 197 14; lremovexattr 198 15; fremovexattr 199 16
    """)

# As on a file system that has no extended attributes.
UNSUPPORTED = _calls("""
        getxattr 191 8; lgetxattr 192 9; fgetxattr 193 10; listxattr 194 11; llistxattr 195 12; flistxattr 196 13
    """)

# As on a kernel that lacks them: the C library and others then take an older call, whose arguments can be seen.
ABSENT = _calls("""
        clone3 435 435; openat2 437 437; pkey_mprotect 329 288; pkey_alloc 330 289; pkey_free 331 290;
        mbind 237 235; set_mempolicy 238 237
    """)

REFUSED = {
    "the network, and what reaches processes outside": _calls("""
        socket 41 198; connect 42 203; bind 49 200; listen 50 201; accept 43 202; accept4 288 242; sendmmsg 307 269;
        recvmmsg 299 243; shmget 29 194; shmat 30 196; shmctl 31 195; shmdt 67 197; semget 64 190; semop 65 193;
        semctl 66 191; semtimedop 220 192; msgget 68 186; msgsnd 69 189; msgrcv 70 188; msgctl 71 187;
        mq_open 240 180
    """),
    "other programs and other processes": _calls("""
        execve 59 221; execveat 322 281; ptrace 101 117; process_vm_readv 310 270; process_vm_writev 311 271;
        process_madvise 440 440; process_mrelease 448 448; kcmp 312 272; pidfd_open 434 434; pidfd_getfd 438 438;
        pidfd_send_signal 424 424; tkill 200 130; setpgid 109 154; setsid 112 157; setpriority 141 140;
        ioprio_set 251 30; sched_setaffinity 203 122; sched_setparam 142 118; sched_setscheduler 144 119;
        sched_setattr 314 274; migrate_pages 256 238; move_pages 279 239
    """),
    "another user, other filters, namespaces and mounts": _calls("""
        setuid 105 146; setgid 106 144; setreuid 113 145; setregid 114 143; setresuid 117 147; setresgid 119 149;
        setgroups 116 159; setfsuid 122 151; setfsgid 123 152; capset 126 91; seccomp 317 277;
        landlock_create_ruleset 444 444; landlock_add_rule 445 445; landlock_restrict_self 446 446; unshare 272 97;
        setns 308 268; chroot 161 51; pivot_root 155 41; mount 165 40; umount2 166 39; open_tree 428 428;
        move_mount 429 429; fsopen 430 430; fsconfig 431 431; fsmount 432 432; fspick 433 433; mount_setattr 442 442
    """),
    "memory that counts towards no limit": _calls("""
        memfd_create 319 279; memfd_secret 447 447; mlock 149 228; mlockall 151 230; vmsplice 278 75
    """),
    "files in ways that Landlock does not see, or an older one": _calls("""
        truncate 76 45; mknod 133 -; mknodat 259 33; name_to_handle_at 303 264; open_by_handle_at 304 265;
        inotify_init 253 -; inotify_init1 294 26; inotify_add_watch 254 27; fanotify_init 300 262; sync 162 81;
        syncfs 306 267; splice 275 76; tee 276 77
    """),
    "wide parts of the kernel, and the machine itself": _calls("""
        bpf 321 280; perf_event_open 298 241; userfaultfd 323 282; io_uring_setup 425 425; io_uring_enter 426 426;
        io_uring_register 427 427; keyctl 250 219; add_key 248 217; request_key 249 218; personality 135 92;
        kexec_load 246 104; kexec_file_load 320 294; init_module 175 105; finit_module 313 273;
        delete_module 176 106; swapon 167 224; swapoff 168 225; reboot 169 142; quotactl 179 60;
        quotactl_fd 443 443; acct 163 89; syslog 103 116; settimeofday 164 170; clock_settime 227 112;
        clock_adjtime 305 266; adjtimex 159 171; sethostname 170 161; setdomainname 171 162; vhangup 153 58;
        iopl 172 -; ioperm 173 -; modify_ldt 154 -; ustat 136 -; sysfs 139 -; lookup_dcookie 212 18;
        nfsservctl 180 42
    """),
}


def numbered(machine: str) -> dict[int, str]:
    """Number -> name of every call that is named here."""
    column = ARCHITECTURES.index(machine)
    tables = (*ALLOWED.values(), BY_ARGUMENT, IGNORED, UNSUPPORTED, ABSENT, *REFUSED.values())
    return {n: name for table in tables for name, numbers in table.items() if (n := numbers[column]) is not None}
