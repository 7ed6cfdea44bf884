"""The pages of the trials are valid HTML."""

import pytest

from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from trials.models import Trial

QUERIES = ("", "side=2", "q=bolig&netvaerk=2&status=running", "netvaerk=01x", "q=ukendtord")


@pytest.mark.html
@pytest.mark.django_db
@pytest.mark.usefixtures("register")
def test_pages_are_valid(client) -> None:
    pages = {f"list?{query}": client.get(f"/forsoeg/?{query}").content.decode() for query in QUERIES}
    for trial in Trial.objects.all():
        pages[trial.public_id] = client.get(trial.get_absolute_url()).content.decode()
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
