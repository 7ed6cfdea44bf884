"""What every test run shares, on SQLite and PostgreSQL alike."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import settings

from tests.shipped import load_register

# No deadline: a slow machine is not an error. In CI the same examples each time: a failure there is due to the change.
settings.register_profile("register", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("register")


ONCE = set(
    """
    about api_contract architecture build_map charts comparison compression crawl docs errors evaluations
    experience_pages exports.forms exports.package exports.trial_json feeds.lists figure_pages glossary grid home
    import_lessons import_problems integrity law_pages linked_data locale lookup_direct lookup_highlight
    lookup_suggestions maps middleware milestone_pages municipality_pages network_pages network_told numbers_page
    operations outline page_meta provisions quality_page random_queries search_page shipped_lessons sitemaps
    statements timeline told trial_grounds trial_page query_counts admin admin_deleting admin_roles login
    permission_matrix personal plausibility sheet_refused written_amounts
    workspace.design workspace.duties workspace.home workspace.seen workspace.templates
    """.split()  # noqa: SIM905 (a line a dozen, not a line each)
)
"""The modules about what pages show, or about files, and whole packages of such, by their names in `tests` less
their `test_`. They run on SQLite alone; how rows are written, found, counted, ordered and locked is tested on
PostgreSQL too, by the other modules."""


def pytest_collection_modifyitems(items) -> None:
    """Marks the tests that need not be run on both databases."""
    for item in items:
        package, _, name = item.module.__name__.removeprefix("tests.").rpartition(".")
        if {package, f"{package}.{name.removeprefix('test_')}".lstrip(".")} & ONCE:
            item.add_marker("once")


def pytest_report_header() -> str:
    """Says which database the run is on."""
    from django.conf import settings as django_settings

    return f"database: {django_settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def unavailable(reason: str) -> None:
    """Skips a test whose program is missing on a developer's machine; in CI nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def rows_for_class(django_db_blocker) -> Iterator[None]:
    """For a fixture with the scope of a class: what is written in it is there for all its tests, then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="class")
def register(django_db_setup, django_db_blocker):
    """The shipped register (fixtures/vive_2019.json), loaded once for the tests of a class and then rolled back.

    A test outside a class loads it anew. One with a live server, whose rows stay, calls `load_register` itself.
    """
    with rows_for_class(django_db_blocker):
        load_register()
        yield


@pytest.fixture(scope="module")
def module_register(django_db_setup, django_db_blocker):
    """The shipped register, loaded once for a module whose tests all look at it, then rolled back."""
    with rows_for_class(django_db_blocker):
        load_register()
        yield


@pytest.fixture(autouse=True)
def _findings_are_looked_for_anew():
    """Keys of rows that are rolled back come again, so what was found for them must not be remembered."""
    from trials import seen_findings
    from trials.exports.package import release

    seen_findings.forget()
    release.forget()


@pytest.fixture
def small_sheets(monkeypatch):
    """A workbook with few empty rows, which take most of the time that it takes to write and read one."""
    monkeypatch.setattr("trials.workspace.sheet.writing.NEW_ROWS", 4)
