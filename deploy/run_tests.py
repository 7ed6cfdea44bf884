"""`make test`: the whole suite, stage by stage, with a summary in the end.

On a developer's machine a stage whose program is missing is reported as not run. With CI=true nothing may be missing
and no test may be skipped.
"""

import os
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

from deploy.environment import DEV_LOCK, PYTHON, ROOT, call, ensure_environment, run_script, say

CI = os.environ.get("CI") == "true"
# What the site reads from the environment; the tests bring their own, whatever the developer's shell has set.
SITE_VARIABLES = {
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_URL",
    "HTTPS",
    "SECRET_KEY",
    "SITE_URL",
}


@dataclass(frozen=True)
class Requirement:
    """A program from outside Python that a stage needs."""

    name: str
    present: Callable[[], bool]
    install: str


@dataclass(frozen=True)
class Stage:
    """One command of the suite; a pytest stage is counted test by test, any other as one check."""

    name: str
    command: list[str]
    requirements: list[Requirement] = field(default_factory=list)
    is_pytest: bool = False


@dataclass
class Outcome:
    """What a stage came to. `remark` says in Danish what is worth knowing beside the numbers."""

    stage: Stage
    passed: int = 0
    failed: int = 0
    remark: str = ""


def postgres_present() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or which("initdb") is not None


def chromium_present() -> bool:
    return any(map(which, ("chromium", "chromium-browser", "google-chrome")))


def checker_present() -> bool:
    """Java, and npm unless the HTML checker has been fetched before."""
    return which("java") is not None and (which("npm") is not None or any((ROOT / ".venv" / "cache").glob("vnu-*.jar")))


POSTGRES = Requirement("PostgreSQL", postgres_present, "sudo apt install postgresql")
CHROMIUM = Requirement("Chromium", chromium_present, "sudo apt install chromium libatomic1")
CHECKER = Requirement("Java eller npm", checker_present, "sudo apt install default-jre-headless npm")


def stages() -> list[Stage]:
    """The suite, quickest first."""
    python = [str(PYTHON), "-m"]
    pytest = [*python, "pytest", "--quiet", "-n", "auto"]
    # Migrations run on PostgreSQL, and in the tests of `make run` on SQLite; the other stages make the tables at once.
    quick = [*pytest, "--no-migrations"]
    again = [*pytest, "-m", "not browser and not html and not once"]
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    return [
        Stage("ruff check", [*python, "ruff", "check", "."]),
        Stage("ruff format", [*python, "ruff", "format", "--check", "."]),
        Stage("mypy", [*python, "mypy", "."]),
        Stage("djade (skabeloner)", [str(PYTHON.parent / "djade"), "--check", *templates]),
        Stage("migrationer", [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"]),
        Stage("pytest, SQLite", [*quick, "-m", "not browser and not html"], is_pytest=True),
        Stage("pytest, PostgreSQL", [*python, "tests.postgresql", "--", *again], [POSTGRES], is_pytest=True),
        Stage("pytest, browser", [*quick, "-m", "browser"], [CHROMIUM], is_pytest=True),
        Stage("pytest, HTML", [*quick, "-m", "html"], [CHECKER], is_pytest=True),
    ]


def main() -> int:
    ensure_environment(DEV_LOCK)
    outcomes = [run_stage(stage) for stage in stages()]
    print_summary(outcomes)
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def run_stage(stage: Stage) -> Outcome:
    """Runs one stage, or says why it cannot be run here."""
    missing = [requirement for requirement in stage.requirements if not requirement.present()]
    if missing:
        remark = "ikke kørt: " + ", ".join(f"{item.name} mangler ({item.install})" for item in missing)
        return Outcome(stage, failed=1 if CI else 0, remark=remark)
    say(f"\n== {stage.name}")
    started = time.monotonic()
    outcome = run_pytest(stage) if stage.is_pytest else run_check(stage)
    outcome.remark = "; ".join(part for part in (outcome.remark, f"{time.monotonic() - started:.0f} s") if part)
    return outcome


def run_check(stage: Stage) -> Outcome:
    failed = call(stage.command, test_environment()) != 0
    return Outcome(stage, passed=int(not failed), failed=int(failed))


def run_pytest(stage: Stage) -> Outcome:
    """Runs pytest and counts its tests from the report it writes."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [*stage.command, f"--junit-xml={report}"]
        code = call(command, test_environment())
        return read_report(stage, code, report.read_text(encoding="utf-8") if report.exists() else "")


def read_report(stage: Stage, code: int, report: str) -> Outcome:
    """Reads pytest's exit code and JUnit report. A run without tests, or one that broke off, has failed."""
    cases = ElementTree.fromstring(report).findall(".//testcase") if report else []
    failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    skips = [skip for case in cases if (skip := case.find("skipped")) is not None]
    # An expected failure is written down as skipped too, but it has run.
    skipped = sum(1 for skip in skips if skip.get("type") != "pytest.xfail")
    outcome = Outcome(stage, passed=len(cases) - failed - skipped, failed=failed)
    if skipped:
        outcome.remark = f"{skipped} sprunget over"
        outcome.failed += skipped if CI else 0
    if code and not outcome.failed:
        outcome.failed = 1
        outcome.remark = "ingen test fundet" if code == 5 else f"pytest brød af med kode {code}"
    return outcome


def test_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SITE_VARIABLES}


def print_summary(outcomes: list[Outcome]) -> None:
    """One line a stage, and the sum on a line of its own, in the words that tools look for."""
    say("\nResultat")
    for outcome in outcomes:
        result = f"{outcome.passed} bestået, {outcome.failed} fejlet"
        say(f"  {outcome.stage.name:<20} {result:<26} {outcome.remark}".rstrip())
    say("")
    say(f"{sum(item.passed for item in outcomes)} passed, {sum(item.failed for item in outcomes)} failed")


if __name__ == "__main__":
    sys.exit(run_script(main))
