"""The admin speaks Danish: the catalogue is whole and compiled, and no page has English left."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
import simple_history
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.admin import make_one_of_everything, url
from trials.enums import Status
from trials.models import StatusEvent, Trial

CATALOGUE = settings.BASE_DIR / "frikommune" / "locale" / "da" / "LC_MESSAGES" / "django.po"
PACKAGE = Path(simple_history.__file__).parent

_TRANSLATE = re.compile(r"""{%\s*trans(?:late)?\s+(['"])(.+?)\1""")
_BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b[^%]*%}(.+?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
_PLURAL = re.compile(r"{%\s*plural\s*%}")
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def messages_of_package() -> set[str]:
    """Everything that simple_history marks for translation in its templates and its code."""
    found = set()
    for template in PACKAGE.glob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        found |= {match[2] for match in _TRANSLATE.finditer(text)}
        for match in _BLOCK.finditer(text):
            found |= {_VARIABLE.sub(r"%(\1)s", part) for part in _PLURAL.split(match[1])}
    for name in ("admin.py", "models.py"):
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                found |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return found


def test_compiled_catalogue_is_up_to_date() -> None:
    written = {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in polib.pofile(str(CATALOGUE))}
    compiled = {e.msgid: (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}

    assert compiled == written
    assert len(written) > 25


def test_every_message_of_the_package_is_in_the_catalogue() -> None:
    catalogue = polib.pofile(str(CATALOGUE))
    translated = {text for e in catalogue if e.translated() for text in (e.msgid, e.msgid_plural) if text}
    found = messages_of_package()

    assert len(found) > 25
    assert found - translated == set()


def test_catalogue_keeps_the_variables_of_each_message() -> None:
    variable = re.compile(r"%(?:\(\w+\))?s")
    for entry in polib.pofile(str(CATALOGUE)):
        assert sorted(variable.findall(entry.msgid)) == sorted(variable.findall(entry.msgstr)), entry.msgid


def test_catalogue_is_in_use() -> None:
    with translation.override("da"):
        assert translation.gettext("Change reason") == "Begrundelse"
        assert translation.ngettext("entry", "entries", 2) == "versioner"


ENGLISH = re.compile(
    r"\b(the|this|that|with|your|was|were|please|select|selected|delete|deleted|save|add|change|changed|changes|created"
    r"|history|historical|view|search|password|user|users|group|groups|none|entry|entries|object|objects|can|help"
    r"|reason|date|time|today|welcome|home|close|error|errors|site|toggle|back|yes|all|any|true|false)\b",
    re.IGNORECASE,
)
_SPOKEN = ("alt", "title", "aria-label", "placeholder")


class Words(HTMLParser):
    """What a reader sees or hears of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        given = dict(attrs)
        self.words += [given[name] for name in _SPOKEN if given.get(name)]
        if given.get("type") in ("submit", "button"):
            self.words.append(given.get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.words.append(data.strip())


def english_in(html: str) -> list[str]:
    return [text for text in Words(html).words if ENGLISH.search(text)]


def test_english_is_recognised() -> None:
    assert english_in("<p>Gem</p><input type='submit' value='Save'><img alt='Change'><p>Select a date</p>") == [
        "Save",
        "Change",
        "Select a date",
    ]


def _pages(client) -> dict[str, str]:
    """The HTML of every kind of page of the admin, by address."""
    addresses = ["/admin/", "/admin/trials/", "/admin/networks/", "/admin/auth/"]
    for model in admin.site._registry:
        key = model._default_manager.values_list("pk", flat=True)[0]
        addresses += [url(model, "changelist"), url(model, "add")]
        addresses += [url(model, page, key) for page in ("change", "history", "delete")]
        if hasattr(model, "history"):
            addresses += [url(model, "simple_history", key, v.pk) for v in model.history.filter(id=key)[:1]]
    for event in StatusEvent.objects.all():
        subject = f"/admin/trials/{event.subject._meta.model_name}/{event.subject.pk}/status/"
        addresses += [subject, f"{subject}{event.pk}/revert/"]
    answers = {address: client.get(address) for address in addresses}
    return {address: answer.content.decode() for address, answer in answers.items() if answer.status_code == 200}


@pytest.mark.django_db
def test_no_page_has_english_left(admin_client) -> None:
    make_one_of_everything(1)
    trial = Trial.objects.get()
    trial.title = "Ny titel"
    trial.save()
    factories.make_status(trial, Status.RUNNING, note="Begyndt")
    pages = _pages(admin_client)
    chosen = {"action": "delete_selected", "_selected_action": [trial.pk]}
    sent = {"delete_selected": admin_client.post(url(Trial, "changelist"), chosen)}
    sent["wrong status"] = admin_client.post(f"/admin/trials/trial/{trial.pk}/status/", {"status": "x"})
    sent["wrong trial"] = admin_client.post(url(Trial, "add"), {"title": ""} | _no_rows())
    planned = {"action": "plan_milestone", "planned": "1", "_selected_action": [trial.pk]}
    sent["wrong milestone"] = admin_client.post(url(Trial, "changelist"), planned)
    sent["wrong password"] = admin_client.post("/konto/adgangskode/", {"oldpassword": "x"})
    admin_client.post(reverse("account_logout"))
    sent["login"] = admin_client.get("/konto/login/")
    sent["wrong login"] = admin_client.post("/konto/login/", {"login": "x", "password": "y"})
    pages |= {name: answer.content.decode() for name, answer in sent.items()}

    assert {answer.status_code for answer in sent.values()} == {200}
    assert len(pages) > 90
    assert {name: found for name, html in pages.items() if (found := english_in(html))} == {}


def _no_rows() -> dict:
    return {
        f"{prefix}-{n}_FORMS": 0
        for prefix in ("participations", "legal_bases", "coverages")
        for n in ("TOTAL", "INITIAL")
    }
