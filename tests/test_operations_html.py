"""The HTML checker, run for real."""

import pytest

from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html

SOUND = '<!doctype html><html lang="da"><head><title>Prøve</title></head><body><p>Godt</p></body></html>'


@pytest.mark.html
def test_validate_html_names_page_and_line_of_error() -> None:
    broken = SOUND.replace("<p>Godt</p>", "\n<p hx-get='/'>Skidt</p>")
    try:
        errors = validate_html({"god": SOUND, "dårlig": broken})
    except CheckerUnavailable as missing:
        unavailable(str(missing))

    assert len(errors) == 1
    assert errors[0].startswith("dårlig:2: ")
    assert "hx-get" in errors[0]


def test_validate_html_refuses_check_of_nothing() -> None:
    with pytest.raises(ValueError, match="no pages"):
        validate_html({})
