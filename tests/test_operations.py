"""Starting, configuring and locking the registry: what docs/operations.md promises to whoever runs it."""

import os
import re
import socket
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import check_python, environment, run, run_tests

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "frikommune" / "settings.py").read_text(encoding="utf-8")
LOCKS = [environment.RUN_LOCK, environment.DEV_LOCK]


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs this Python in the project's folder, with only these of the site's variables set."""
    # The browser tests, in the same run, set the latter for themselves.
    foreign = run_tests.SITE_VARIABLES | {"DJANGO_ALLOW_ASYNC_UNSAFE"}
    surroundings = {name: value for name, value in os.environ.items() if name not in foreign}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**surroundings, **variables}, capture_output=True, text=True, check=False
    )


def settings_variables() -> set[str]:
    return set(re.findall(r'\benv(?:\.\w+)?\(\s*"(\w+)"', SETTINGS))


def locked_names(lock: Path) -> set[str]:
    return set(re.findall(r"^([a-z0-9][\w.-]*)==", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))


def normalised(requirement: str) -> str:
    """The name that a requirement of pyproject.toml has in a lock file."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", requirement)[0]).lower()


# The Python that is asked to run it


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 99)])
def test_python_too_old_is_refused_in_one_sentence(version: tuple[int, int, int]) -> None:
    complaint = check_python.complaint(version)

    assert complaint is not None
    assert ".".join(map(str, version)) in complaint
    assert "3.11" in complaint
    assert "\n" not in complaint


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_python_new_enough_is_accepted(version: tuple[int, int, int]) -> None:
    assert check_python.complaint(version) is None


def test_python_version_is_that_of_pyproject() -> None:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]

    assert required == ">=" + ".".join(map(str, check_python.OLDEST))


def test_python_without_venv_is_refused_with_debian_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else True)

    with pytest.raises(environment.Refusal, match=r"ensurepip.*sudo apt install python3-venv"):
        environment.create_environment()


# The port


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_run_on_busy_port_gives_one_sentence(busy_port: int) -> None:
    result = python("-m", "deploy.run", PORT=str(busy_port))

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert f"Port {busy_port} er optaget" in result.stderr


def test_free_port_is_accepted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    run.refuse_busy_port(free)


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80 80", "٨٠٠٠"])
def test_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(environment.Refusal, match="er ikke et portnummer"):
        run.parse_port(text)


def test_port_is_read() -> None:
    assert run.parse_port("8123") == 8123


# The environment of the site under `make run`


@pytest.fixture
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var/ of the test's own, and none of the site's variables set."""
    monkeypatch.setattr(run, "VAR", tmp_path / "var")
    monkeypatch.setattr(run, "SECRETS", tmp_path / "var" / "run.env")
    for name in run_tests.SITE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "var"


def test_secret_key_is_made_once_and_readable_by_owner_only(own_var: Path) -> None:
    first = run.site_environment()["SECRET_KEY"]

    assert len(first) >= 50
    assert run.site_environment()["SECRET_KEY"] == first
    assert stat.S_IMODE((own_var / "run.env").stat().st_mode) == 0o600


def test_site_environment_is_production_on_this_machine(own_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "true")

    surroundings = run.site_environment()

    assert surroundings["DEBUG"] == "false"
    assert surroundings["ALLOWED_HOSTS"] == "localhost,127.0.0.1"


def test_site_environment_lets_the_users_variables_win(own_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"SECRET_KEY": "min-egen", "ALLOWED_HOSTS": "register.example", "DATABASE_URL": "postgres://db/register"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    surroundings = run.site_environment()

    assert {name: surroundings[name] for name in given} == given
    assert not own_var.exists()


# The stamp that spares the second run the installation


@pytest.fixture
def own_venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A .venv that is already made; the list gathers the locks that are installed into it."""
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "STAMP", tmp_path / "installed.txt")
    (tmp_path / "installed.txt").write_text(environment.python_line(), encoding="utf-8")
    installed: list[Path] = []
    monkeypatch.setattr(environment, "install", installed.append)
    return installed


def test_unchanged_lock_is_installed_once(own_venv: list[Path]) -> None:
    environment.ensure_environment(environment.RUN_LOCK)
    environment.ensure_environment(environment.RUN_LOCK)

    assert own_venv == [environment.RUN_LOCK]


def test_changed_lock_is_installed_again(own_venv: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.txt"
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    for content in ("one", "two"):
        lock.write_text(content, encoding="utf-8")
        environment.ensure_environment(lock)

    assert own_venv == [lock, lock]


def test_development_lock_serves_make_run_too_but_not_the_reverse(own_venv: list[Path]) -> None:
    environment.ensure_environment(environment.RUN_LOCK)
    environment.ensure_environment(environment.DEV_LOCK)
    environment.ensure_environment(environment.RUN_LOCK)

    assert own_venv == [environment.RUN_LOCK, environment.DEV_LOCK]


# Settings


def test_production_without_secret_key_is_refused() -> None:
    result = python("manage.py", "check", DEBUG="false", ALLOWED_HOSTS="register.example")

    assert result.returncode != 0
    assert "SECRET_KEY mangler" in result.stderr


def test_production_without_hosts_is_refused() -> None:
    result = python("manage.py", "check", DEBUG="false", SECRET_KEY="x" * 60)

    assert result.returncode != 0
    assert "ALLOWED_HOSTS mangler" in result.stderr


def test_web_server_is_in_production_mode_unless_told_otherwise() -> None:
    result = python("-c", "import frikommune.wsgi")

    assert result.returncode != 0
    assert "SECRET_KEY mangler" in result.stderr


def test_production_passes_djangos_deployment_check() -> None:
    variables = {"DEBUG": "false", "SECRET_KEY": "k7-Xq" * 12, "ALLOWED_HOSTS": "register.example", "HTTPS": "true"}
    result = python("manage.py", "check", "--deploy", **variables)

    assert result.returncode == 0, result.stderr
    assert "(security.W" not in result.stderr.replace("security.W005", "").replace("security.W021", "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "django.db.backends.sqlite3 {root}/var/register.sqlite3"),
        ("sqlite:////tmp/other.sqlite3", "django.db.backends.sqlite3 /tmp/other.sqlite3"),
        ("postgres://user:secret@db.example/register", "django.db.backends.postgresql register"),
    ],
)
def test_database_url_chooses_database(url: str, expected: str) -> None:
    show = "from frikommune.settings import DATABASES as d; print(d['default']['ENGINE'], d['default']['NAME'])"
    result = python("-c", show, DEBUG="true", **({"DATABASE_URL": url} if url else {}))

    assert result.stdout.strip() == expected.format(root=ROOT), result.stderr


# Lock files


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_has_hash_of_every_requirement(lock: Path) -> None:
    text = re.sub(r"#.*", "", lock.read_text(encoding="utf-8")).replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line.strip()]

    assert len(requirements) == len(locked_names(lock)) > 5
    assert [line for line in requirements if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
@pytest.mark.parametrize("trace", ["http", "index-url", "find-links", "trusted-host", "file:", "@ ", str(Path.home())])
def test_lock_holds_no_address_and_nothing_of_the_machine(lock: Path, trace: str) -> None:
    assert trace not in lock.read_text(encoding="utf-8")


def test_lock_holds_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {normalised(item) for item in project["dependencies"]}
    wanted_dev = wanted | {normalised(item) for item in project["optional-dependencies"]["dev"]}

    assert wanted <= locked_names(environment.RUN_LOCK)
    assert wanted_dev <= locked_names(environment.DEV_LOCK)
    for lock, names in ((environment.RUN_LOCK, wanted), (environment.DEV_LOCK, wanted_dev)):
        # pip-compile notes under each package who asked for it.
        entries = re.split(r"^(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
        asked_for = {entry.split("==")[0] for entry in entries if "frikommuneregister (pyproject.toml)" in entry}
        assert asked_for == names


def test_development_lock_holds_the_versions_of_the_run_time_lock() -> None:
    def pins(lock: Path) -> set[str]:
        return set(re.findall(r"^[a-z0-9][\w.-]*==\S+", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert pins(environment.RUN_LOCK) <= pins(environment.DEV_LOCK)


# The suite's own bookkeeping

STAGE = run_tests.Stage("pytest", [], is_pytest=True)
REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="c"><error/></testcase>
<testcase name="d"><skipped type="pytest.skip"/></testcase><testcase name="e"><skipped type="pytest.xfail"/></testcase>
</testsuite></testsuites>"""


@pytest.mark.parametrize(("ci", "failed"), [(False, 2), (True, 3)])
def test_report_counts_skipped_test_as_failure_in_ci_only(
    ci: bool, failed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_tests, "CI", ci)

    outcome = run_tests.read_report(STAGE, 1, REPORT)

    assert (outcome.passed, outcome.failed) == (2, failed)


@pytest.mark.parametrize("code", [2, 3, 5, -9])
def test_report_of_run_without_tests_is_failure(code: int) -> None:
    assert run_tests.read_report(STAGE, code, "<testsuites/>").failed == 1
    assert run_tests.read_report(STAGE, code, "").failed == 1


@pytest.mark.parametrize(("ci", "failed"), [(False, 0), (True, 1)])
def test_missing_program_fails_stage_in_ci_only(ci: bool, failed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_tests, "CI", ci)
    missing = run_tests.Requirement("Chromium", lambda: False, "sudo apt install chromium")

    outcome = run_tests.run_stage(run_tests.Stage("browser", ["false"], [missing], is_pytest=True))

    assert outcome.failed == failed
    assert outcome.remark == "ikke kørt: Chromium mangler (sudo apt install chromium)"


def test_suite_keeps_out_every_variable_of_the_settings() -> None:
    assert settings_variables() | {"DJANGO_SETTINGS_MODULE"} == run_tests.SITE_VARIABLES


# The documentation


def test_settings_variables_are_documented() -> None:
    variables = settings_variables()

    assert {"SECRET_KEY", "DATABASE_URL"} <= variables
    assert {name for name in variables if f"`{name}`" not in OPERATIONS} == set()


def test_management_commands_are_documented() -> None:
    files = [path for path in ROOT.glob("*/management/commands/*.py") if not path.name.startswith("_")]

    assert {path.stem for path in files if f"manage.py {path.stem}" not in OPERATIONS} == set()


def test_make_targets_are_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))

    assert {"run", "test", "lock"} <= targets
    assert {name for name in targets if f"make {name}" not in OPERATIONS} == set()
