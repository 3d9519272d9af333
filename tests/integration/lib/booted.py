# SPDX-License-Identifier: GPL-3.0-or-later
"""A Debian that runs its own systemd as process 1, with processes, mounts, cgroups and a network of
its own, for tests of what an admin does with `systemctl`."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import uuid

from lib.programs import PATIENCE_SECONDS, SOURCE, wait_for

# In namespaces of its own: mounts what a machine has, and becomes its process 1.
_BOOT = """
set -eu
root=$1
ip link set lo up
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t tmpfs tmpfs "$root/dev/shm"
cd "$root"
pivot_root . mnt
umount -l /mnt
# As systemd does where it does not see a container: what it mounts for a service reaches it so.
mount --make-rshared /
hostname broadsheet-test
exec env -i container=broadsheet-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
  /lib/systemd/systemd --unit=multi-user.target
"""
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_NAMESPACES = ("--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup")


def _cgroups():
    """Where the second version of cgroups is mounted, or None."""
    for line in pathlib.Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, folder, kind, *_ = line.split()
        if kind == "cgroup2":
            return pathlib.Path(folder)
    return None


def why_not():
    """What this machine lacks for it, or ""."""
    if os.geteuid() != 0:
        return "only root can start a machine"
    if _cgroups() is None:
        return "no cgroups of the second version"
    for program in ("unshare", "nsenter", "ip", "pivot_root"):
        if shutil.which(program, path=_PATH) is None:
            return f"no {program}"
    tried = subprocess.run(["unshare", *_NAMESPACES, "--fork", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "no right to make namespaces"


class Machine(contextlib.AbstractContextManager):
    """Its files are below `root`, where they stay; it is made with systemd, and not started yet."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self._process = None
        self._pid = None
        self._cgroup = _cgroups() / f"broadsheet-test-{uuid.uuid4().hex[:8]}"
        made = subprocess.run(
            [SOURCE / "scripts/bare-debian", root, "systemd", "systemd-sysv", "dbus", "procps", "curl"],
            capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr

    def __exit__(self, *_):
        self.stop()

    def path(self, name):
        return self.root / str(name).lstrip("/")

    def in_files(self, *command):
        """Runs a command on its files, while the machine is off."""
        return _done(subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={self.root}/proc",
             "chroot", self.root, *map(str, command)],
            check=False, capture_output=True, text=True,
            env={"PATH": _PATH, "DEBIAN_FRONTEND": "noninteractive"}))

    def start(self):
        self._cgroup.mkdir()
        self._process = subprocess.Popen(
            ["sh", "-c", 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"', "sh", self._cgroup,
             "unshare", *_NAMESPACES, "--fork", "--kill-child", "sh", "-c", _BOOT, "sh", self.root],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._has_begun, "systemd begins")
        wait_for(lambda: self.run("systemctl", "is-system-running", status=None).strip()
                 in ("running", "degraded"), "the machine is up")

    def _has_begun(self):
        assert self._process.poll() is None, "the machine did not start"
        pid = self._process.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        name = children and pathlib.Path(f"/proc/{children[0]}/comm").read_text().strip()
        self._pid = children[0] if name == "systemd" else None
        return self._pid is not None

    def stop(self):
        """As the power button does, and if that does not help, as the plug."""
        if self._process is None:
            return
        self.run("systemctl", "poweroff", status=None)
        try:
            self._process.wait(PATIENCE_SECONDS)
        finally:
            self._process.kill()
            self._process.wait()
            self._process = None
            for folder, _, _ in os.walk(self._cgroup, topdown=False):
                os.rmdir(folder)

    def run(self, *command, status=0, stdin=""):
        """What a command says that runs on the machine."""
        return _done(subprocess.run(
            ["nsenter", "--target", self._pid, *_NAMESPACES, "--", *map(str, command)], input=stdin,
            capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS,
            env={"PATH": _PATH, "LC_ALL": "C.UTF-8", "HOME": "/root"}), status)


def _done(finished, status=0):
    said = finished.stdout + finished.stderr
    assert status is None or finished.returncode == status, (
        f"{finished.args}: {finished.returncode}: {said}")
    return said
