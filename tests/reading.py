"""Reads a page as its reader does: the words of its main part, without the markup."""

import re
from html import unescape

from django.test import Client

from tests.outline import as_shown
from trials.models import Trial


def read(client: Client, trial: Trial) -> str:
    """The main part of the page of `trial` as text, white space collapsed. It must answer 200."""
    response = client.get(trial.get_absolute_url())
    assert response.status_code == 200
    main = as_shown(response.content.decode()).partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split()).replace(" .", ".").replace(" ,", ",")
