"""Checks pages with the Nu HTML checker (vnu), the W3C validator's engine. Needs Java, and npm the first time."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = "26.9.27"
SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
JAR = ROOT / ".venv" / "cache" / f"vnu-{VERSION}.jar"


class CheckerUnavailable(Exception):
    """The checker cannot be run here: Java or npm is missing, or the download is not the pinned one."""


def validate_html(pages: dict[str, str]) -> list[str]:
    """Checks whole pages, given as name -> HTML, in one run of the checker.

    Returns one line for each error, "name:line: message", and an empty list when all pages are valid.
    Raises ValueError when there are no pages, for a check of nothing passes; CheckerUnavailable as above.
    """
    if not pages:
        raise ValueError("no pages to check")
    java = shutil.which("java")
    if java is None:
        raise CheckerUnavailable("Java mangler")
    jar = checker_jar()
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_text(html, encoding="utf-8")
            names[path.name] = name
        options = ["--errors-only", "--format", "json", "--exit-zero-always", "--stdout"]
        command = [java, "-Xss1m", "-jar", str(jar), *options, *(str(Path(folder) / file) for file in names)]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
    messages = json.loads(result.stdout)["messages"]
    return [
        f"{names.get(Path(message.get('url', '')).name, '?')}:{message.get('lastLine', '?')}: {message['message']}"
        for message in messages
    ]


def checker_jar() -> Path:
    """The checker's program file, fetched by npm the first time and compared with its pinned checksum."""
    if not JAR.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise CheckerUnavailable("npm mangler")
        JAR.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=JAR.parent) as folder:
            subprocess.run([npm, "pack", "--silent", f"vnu-jar@{VERSION}"], cwd=folder, check=True, capture_output=True)
            unpacked = Path(folder) / "vnu.jar"
            with tarfile.open(Path(folder) / f"vnu-jar-{VERSION}.tgz") as archive:
                member = archive.extractfile("package/build/dist/vnu.jar")
                if member is None:
                    raise CheckerUnavailable("npm-pakken vnu-jar har ikke filen vnu.jar")
                unpacked.write_bytes(member.read())
            if hashlib.sha256(unpacked.read_bytes()).hexdigest() != SHA256:
                raise CheckerUnavailable(f"vnu-jar {VERSION} har ikke den forventede kontrolsum")
            # In one step, so that two test processes may fetch it at once.
            os.replace(unpacked, JAR)
    return JAR
