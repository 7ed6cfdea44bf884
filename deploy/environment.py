"""The virtual environment .venv: made when missing, filled from a lock file, left alone while the lock is unchanged."""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.txt"
RUN_LOCK = ROOT / "deploy" / "requirements.txt"
DEV_LOCK = ROOT / "deploy" / "requirements-dev.txt"


class Refusal(Exception):
    """A reason to stop that the user can act on: one Danish sentence, shown without a traceback."""


def say(message: str) -> None:
    """Prints a line at once, also when the output goes to a file."""
    print(message, flush=True)


def run_script(main: Callable[[], int]) -> int:
    """Runs a script's main function and turns what may stop it into one Danish sentence and an exit code.

    SIGTERM is made an exception, so that the child at work (pip, manage.py) is stopped along with us.
    """

    def stop(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Danish letters gets a substitute, not a UnicodeEncodeError.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return main()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"Ingen adgang til {error.filename}: mappen tilhører måske en anden bruger.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAfbrudt.", file=sys.stderr)
        return 130


def call(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Runs a command in the project's folder and returns its exit code.

    It gets a process group of its own: Ctrl-C comes to us alone, and we end the command with all its children, so that
    none of them answers with a traceback or lives on.
    """
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, process_group=0)
    try:
        return process.wait()
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        raise


def ensure_environment(lock: Path) -> None:
    """Makes sure .venv holds exactly the versions of the lock; does nothing when the stamp says it already does.

    Raises Refusal when this Python cannot make virtual environments or a package cannot be installed.
    """
    wanted = stamp_lines(lock)
    if PYTHON.exists() and wanted <= installed_stamp():
        return
    if not (PYTHON.exists() and python_line() in installed_stamp()):
        create_environment()
    say(f"Henter pakkerne i {lock.relative_to(ROOT)} (kun når listen er ændret) ...")
    STAMP.unlink(missing_ok=True)
    install(lock)
    STAMP.write_text("\n".join(sorted(wanted)) + "\n", encoding="utf-8")


def stamp_lines(lock: Path) -> set[str]:
    """What the stamp says once the lock is installed. The development lock holds the run-time lock's versions too."""
    locks = {lock, RUN_LOCK} if lock == DEV_LOCK else {lock}
    return {python_line()} | {f"{item.name} {hashlib.sha256(item.read_bytes()).hexdigest()}" for item in locks}


def python_line() -> str:
    """Names the interpreter: packages installed for one version are not found by the next."""
    return f"python {sys.version_info.major}.{sys.version_info.minor}"


def installed_stamp() -> set[str]:
    return set(STAMP.read_text(encoding="utf-8").splitlines()) if STAMP.exists() else set()


def create_environment() -> None:
    """Makes an empty .venv, replacing a half-made one or one of another Python."""
    missing = missing_module()
    if missing:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Refusal(
            f"Python mangler modulet {missing}, som laver virtuelle miljøer; "
            f"på Debian og Ubuntu installeres det med: sudo apt install python3-venv (eller python{version}-venv)"
        )
    say("Opretter det virtuelle miljø .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    if call([sys.executable, "-m", "venv", str(VENV)]):
        raise Refusal("Det virtuelle miljø .venv kunne ikke oprettes; årsagen står ovenfor.")


def missing_module() -> str | None:
    """The first module that making an environment needs and this Python lacks: Debian packs them separately."""
    return next((name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None), None)


def install(lock: Path) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if call([*command, "--require-hashes", "--requirement", str(lock)]):
        raise Refusal("Pakkerne kunne ikke installeres; årsagen står ovenfor. Er der forbindelse til internettet?")
