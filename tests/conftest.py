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
    *("test_about", "test_api_contract", "test_architecture", "test_build_map", "test_charts", "test_comparison"),
    *("test_compression", "test_crawl", "test_docs", "test_errors", "test_evaluation_pages", "test_experience_pages"),
    *("test_figure_pages", "test_forms", "test_glossary", "test_grid", "test_home", "test_import_problems"),
    *(
        "test_integrity",
        "test_law_pages",
        "test_linked_data",
        "test_list_feeds",
        "test_locale",
        "test_lookup_highlight",
    ),
    *("test_lookup_highlight", "test_maps", "test_middleware", "test_milestone_pages", "test_municipality_pages"),
    *(
        "test_network_pages",
        "test_network_told",
        "test_numbers_page",
        "test_operations",
        "test_outline",
        "test_page_meta",
        "test_provisions",
    ),
    *("test_quality_page", "test_random_queries", "test_search_page", "test_sitemaps", "test_statements"),
    *("test_timeline", "test_told", "test_trial_grounds", "test_trial_page"),
}
"""The modules about what pages show, or about files. They run on SQLite alone; how rows are written, found, counted,
ordered and locked is tested on PostgreSQL too, by the other modules."""


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
