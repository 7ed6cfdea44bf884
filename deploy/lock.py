"""`make lock`: writes the lock files from pyproject.toml, with public hashes and nothing of this machine."""

import os
import sys
import tempfile
import venv
from pathlib import Path

from deploy.check_python import OLDEST
from deploy.environment import DEV_LOCK, ROOT, RUN_LOCK, Refusal, call, run_script, say

PIP_TOOLS = "pip-tools==7.6.2"
# What pip may take from the surroundings: how to reach the network, never where the packages come from.
KEPT_PIP_SETTINGS = {"PIP_CERT", "PIP_PROXY", "PIP_DEFAULT_TIMEOUT"}


def main() -> int:
    if sys.version_info[:2] != OLDEST:
        oldest = ".".join(map(str, OLDEST))
        # A newer Python would leave out the packages that only the oldest one needs.
        raise Refusal(f"Låsefilerne laves med den ældste understøttede Python: make lock PYTHON=python{oldest}")
    with tempfile.TemporaryDirectory() as folder:
        python = pip_tools(Path(folder))
        compile_lock(python, RUN_LOCK)
        compile_lock(python, DEV_LOCK, "--extra", "dev", "--constraint", str(RUN_LOCK.relative_to(ROOT)))
    return 0


def pip_tools(folder: Path) -> Path:
    """Installs pip-tools in a throw-away environment and returns its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PIP_TOOLS]
    if call(install, clean_environment()):
        raise Refusal("pip-tools kunne ikke installeres; årsagen står ovenfor.")
    return python


def clean_environment() -> dict[str, str]:
    """The environment without pip's configuration: local mirrors and folders must not reach the lock files."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("PIP_") or name in KEPT_PIP_SETTINGS
    }
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "CUSTOM_COMPILE_COMMAND": "make lock"}


def compile_lock(python: Path, lock: Path, *options: str) -> None:
    """Writes one lock file, keeping its present versions unless UPGRADE is set in the environment."""
    say(f"Skriver {lock.relative_to(ROOT)} ...")
    command = [str(python), "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--strip-extras"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--no-emit-options"]
    command += ["--upgrade"] if os.environ.get("UPGRADE") else []
    command += [*options, "--output-file", str(lock.relative_to(ROOT)), "pyproject.toml"]
    if call(command, clean_environment()):
        raise Refusal(f"{lock.relative_to(ROOT)} kunne ikke laves; årsagen står ovenfor.")


if __name__ == "__main__":
    sys.exit(run_script(main))
