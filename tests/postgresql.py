"""A throw-away PostgreSQL server for the tests.

As a context manager:   with throwaway_server() as url: ...
Around a command:       python -m tests.postgresql -- pytest -n 2
The command then finds the server in DATABASE_URL. Nothing of it is left afterwards.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The server writes to a folder that dies with it, so it need not wait for the disk. It is not told of rows by itself: a
# test's rows are not seen from outside its transaction, and who counts then writes down that the tables are empty.
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
unix_socket_permissions = 0700
fsync = off
autovacuum = off
jit = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
"""


class PostgresMissing(Exception):
    """PostgreSQL's server programs are not on this machine."""


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest version, which Debian keeps out of PATH; None without any."""

    def version(path: Path) -> tuple[int, ...]:
        return tuple(int(number) for number in re.findall(r"\d+", str(path)))

    for initdb in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version, reverse=True):
        return initdb.parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def throwaway_server() -> Iterator[str]:
    """Starts a server on a Unix socket in a temporary folder, yields its DATABASE_URL, and removes it all again.

    PostgreSQL refuses to run as root; then it runs as the user postgres, which its package creates.
    Raises PostgresMissing when it is not installed, CalledProcessError when it does not start.
    """
    bin_folder = programs()
    if bin_folder is None:
        raise PostgresMissing("PostgreSQL er ikke installeret")
    # Directly under /tmp: the path of a Unix socket may hold no more than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="register-pg-", dir="/tmp"))
    data = folder / "data"
    as_owner: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]

    def control(*command: str) -> None:
        subprocess.run([*as_owner, *command], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    try:
        initdb = str(bin_folder / "initdb")
        control(initdb, "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", str(data))
        with open(data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(SETTINGS.format(folder=folder))
        pg_ctl = [str(bin_folder / "pg_ctl"), "--pgdata", str(data), "--wait"]
        control(*pg_ctl, "--log", str(folder / "log"), "start")
        try:
            yield f"postgres://postgres@/{folder}/register"
        finally:
            control(*pg_ctl, "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Runs the command with DATABASE_URL set and returns its exit code."""

    def stop(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    # Without this the server would outlive a test run that is stopped from outside.
    signal.signal(signal.SIGTERM, stop)
    try:
        with throwaway_server() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except PostgresMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]))
