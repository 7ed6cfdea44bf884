"""`make run`: from a fresh clone to a site that answers, on a machine with only git, make and Python.

Each step is skipped when its result is already there, so that a second start takes seconds.
"""

import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path

from deploy.environment import PYTHON, ROOT, RUN_LOCK, Refusal, call, ensure_environment, run_script, say

HOST = "127.0.0.1"
VAR = ROOT / "var"
SECRETS = VAR / "run.env"
STATIC_STAMP = VAR / "static.sha256"


def main() -> int:
    port = parse_port(os.environ.get("PORT", "8000"))
    refuse_busy_port(port)
    ensure_environment(RUN_LOCK)
    environment = site_environment()
    prepare_site(environment)
    refuse_busy_port(port)
    serve(port, environment)
    return 0


def parse_port(text: str) -> int:
    """Reads a TCP port from the user's PORT. Raises Refusal when it is none."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refusal(f"PORT={text} er ikke et portnummer: angiv et helt tal fra 1 til 65535, for eksempel PORT=8001.")
    return int(text)


def refuse_busy_port(port: int) -> None:
    """Raises Refusal when the port cannot be bound. Asked before the long work, and again just before serving."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As gunicorn does: a port that only lingers after the last run is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen(1)
        except PermissionError:
            raise Refusal(
                f"Port {port} kræver særlige rettigheder: vælg en fra 1024 og op, for eksempel PORT=8000."
            ) from None
        except OSError:
            raise Refusal(
                f"Port {port} er optaget: stop det andet program, eller vælg en anden port: make run PORT=8001"
            ) from None


def site_environment() -> dict[str, str]:
    """The environment of the site's processes: production mode. What the user's environment sets wins, save DEBUG."""
    environment = dict(os.environ)
    environment["ALLOWED_HOSTS"] = environment.get("ALLOWED_HOSTS") or "localhost,127.0.0.1"
    environment["SECRET_KEY"] = environment.get("SECRET_KEY") or kept_secret_key()
    environment["DEBUG"] = "false"
    environment["DJANGO_SETTINGS_MODULE"] = "frikommune.settings"
    return environment


def kept_secret_key() -> str:
    """The random SECRET_KEY of this copy, made on the first run: a new one each time would log everybody out."""
    VAR.mkdir(exist_ok=True)
    if not SECRETS.exists():
        unfinished = SECRETS.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        # Made with mode 600 from the outset, and put in place whole.
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
        unfinished.replace(SECRETS)
    for line in SECRETS.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "SECRET_KEY" and value.strip():
            return value.strip()
    raise Refusal(f"{SECRETS.relative_to(ROOT)} mangler linjen SECRET_KEY=...; slet filen, så laves den igen.")


def prepare_site(environment: dict[str, str]) -> None:
    """Brings database, static files and data up to date."""
    say("Gør databasen klar ...")
    manage(environment, "migrate", "--verbosity", "0", "--no-input")
    fingerprint = static_fingerprint()
    collected = (VAR / "static").is_dir() and STATIC_STAMP.exists() and STATIC_STAMP.read_text(encoding="utf-8")
    if collected != fingerprint:
        say("Samler stilark, skrifttyper og scripts ...")
        manage(environment, "collectstatic", "--verbosity", "0", "--no-input")
        STATIC_STAMP.write_text(fingerprint, encoding="utf-8")
    manage(environment, "prepare")


def static_fingerprint() -> str:
    """Changes when what collectstatic would collect may have: our own files, the packages' or the settings."""
    digest = hashlib.sha256(RUN_LOCK.read_bytes())
    digest.update((ROOT / "frikommune" / "settings.py").read_bytes())
    for path in sorted(ROOT.glob("*/static/**/*")):
        if path.is_file() and VAR not in path.parents:
            status = path.stat()
            digest.update(f"{path.relative_to(ROOT)}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Runs one management command in the site's environment. Raises Refusal when it fails."""
    if call([str(PYTHON), "manage.py", *arguments], environment):
        raise Refusal(f"Kommandoen »manage.py {arguments[0]}« mislykkedes; årsagen står ovenfor.")


def serve(port: int, environment: dict[str, str]) -> None:
    """Becomes gunicorn, so that Ctrl-C and SIGTERM reach it directly."""
    config = Path("deploy") / "gunicorn.conf.py"
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "gunicorn", "--config", str(config), "--bind", f"{HOST}:{port}"], environment)


if __name__ == "__main__":
    sys.exit(run_script(main))
