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


ONCE = {
    *("test_api_contract", "test_architecture", "test_build_map", "test_crawl", "test_docs", "test_glossary"),
    *("test_import_problems", "test_linked_data", "test_locale", "test_maps", "test_middleware", "test_operations"),
    *("test_outline", "test_page_meta", "test_provisions", "test_random_queries", "test_sitemaps"),
}
"""The modules whose tests ask the database nothing that others do not ask too. They run on SQLite alone."""


def pytest_collection_modifyitems(items) -> None:
    """Marks the tests that need not be run on both databases."""
    for item in items:
        if item.module.__name__.rpartition(".")[2] in ONCE:
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
