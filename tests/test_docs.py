"""The documentation says what is there: entities, fields, codes, columns, files, addresses."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from networks.enums import GuidanceLevel, Standing, TargetGroup, TextKind
from networks.importers import reference
from trials import enums
from trials.exports.forms import FORMS
from trials.exports.listings import LISTINGS
from trials.importers import lessons, note, overlays, places, tables

ROOT = Path(__file__).parents[1]
DATA = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    """The part of docs/data.md under the heading `title`, whatever stands in brackets after it."""
    heading = rf"^#+ {re.escape(title)}(?: \([^\n]*)?\n"
    found = re.search(rf"{heading}(.*?)(?=^##)", DATA + "\n##", re.MULTILINE | re.DOTALL)
    assert found, f"docs/data.md has no section {title}"
    return found[1]


def _rows(text: str) -> list[list[str]]:
    """The rows of the Markdown tables in `text`, headings left out."""
    lines = [line.strip("|").split(" | ") for line in text.splitlines() if re.match(r"\| `", line)]
    return [[cell.strip() for cell in cells] for cells in lines]


OUR_MODELS = [
    model
    for app in ("networks", "trials")
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.startswith("Historical")
]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_every_field_is_documented_with_its_danish_name(model):
    documented = [(row[0].strip("`"), row[1]) for row in _rows(_section(model.__name__))]
    several = [f for f in model._meta.local_many_to_many if f.remote_field.through._meta.auto_created]
    single = [f for f in model._meta.local_fields if not f.primary_key]
    fields = [(f.name, str(f.verbose_name)) for f in [*single, *several]]
    assert documented == fields
    assert f"### {model.__name__} ({model._meta.verbose_name})" in DATA


def test_no_entity_is_documented_that_is_not_there():
    documented = re.findall(r"^### (\w+) \(", DATA, re.MULTILINE)
    assert sorted(documented) == sorted(model.__name__ for model in OUR_MODELS)


VOCABULARIES = {
    "Reasons": enums.Reason,
    "Precision": enums.Precision,
    "Kinds of legal basis": enums.BasisKind,
    "Roles": enums.BasisRole,
    "Kinds of act": enums.ActKind,
    "Evaluation design": enums.DesignStatus,
    "Elements of a design": enums.Element,
    "Approaches": enums.Approach,
    "Methods": enums.Method,
    "Units": enums.Unit,
    "Accuracy": enums.Accuracy,
    "Kinds of experience": enums.ExperienceKind,
    "Themes": enums.Theme,
    "Kinds of question": enums.QuestionKind,
    "Themes of questions": enums.QuestionTheme,
    "Kinds of milestone": enums.MilestoneKind,
    "Outcomes": enums.Decision,
    "Kinds of idea": enums.IdeaKind,
    "States of an idea": enums.IdeaState,
    "Texts of a network": TextKind,
    "Target groups": TargetGroup,
    "Levels of guidance": GuidanceLevel,
    "Publication": enums.Publication,
    "Standing": Standing,
}


@pytest.mark.parametrize("title", VOCABULARIES)
def test_every_code_is_documented(title):
    documented = [(row[0].strip("`"), row[1]) for row in _rows(_section(title))]
    assert documented == [(code, str(label)) for code, label in VOCABULARIES[title].choices]


def test_every_status_is_documented_with_what_may_follow():
    documented = {row[0].strip("`"): row[1:] for row in _rows(_section("Status"))}
    assert list(documented) == enums.Status.values
    for status, (label, meaning, following) in documented.items():
        assert label == enums.Status(status).label
        assert meaning == enums.STATUS_MEANINGS[enums.Status(status)]
        allowed = enums.TRANSITIONS[enums.Status(status)]
        if status == enums.Status.UNKNOWN:
            assert following == "any"
        else:
            assert set(re.findall(r"`(\w+)`", following)) == {str(s) for s in allowed}


@pytest.mark.parametrize("name", LISTINGS)
def test_every_export_column_is_documented(name):
    documented = [tuple(cell.strip("`") for cell in row) for row in _rows(_section(f"`/{name}.csv`"))]
    assert documented == [(column.name, column.description) for column in LISTINGS[name].columns]


def test_every_import_file_is_documented_with_its_columns():
    files = {
        **overlays.OVERLAYS,
        "tables.tsv": tables.TABLES,
        "sections.tsv": note.SECTIONS,
        "aliases.tsv": places.ALIASES,
        **lessons.FILES,
    }
    documented = {row[0].strip("`"): row[1] for row in _rows(_section("Status note"))}
    assert {name: tuple(re.findall(r"`(\w+)`", columns)) for name, columns in documented.items()} == files
    documented = {row[0].strip("`"): row[1] for row in _rows(_section("Reference data"))}
    assert {name: tuple(re.findall(r"`(\w+)`", cell)) for name, cell in documented.items()} == reference.COLUMNS


def _addresses(resolver: URLResolver | None = None, prefix: str = "/") -> list[str]:
    """The public addresses as they are written in the URL configuration."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found.append(route)
        elif not route.startswith("/admin/"):
            found += _addresses(pattern, route)
    return found


def test_every_address_is_documented():
    addresses = _addresses()
    assert len(addresses) >= 7
    for address in addresses:
        written = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", address)
        written = re.sub(rf"^/api/v1/({'|'.join(LISTINGS)})(?=/|$)", "/api/v1/<list>", written)
        written = re.sub(rf"^/({'|'.join(LISTINGS)})\.(?={'|'.join(FORMS)})", "/<list>.", written)
        assert f"`{written}`" in ARCHITECTURE, written


def test_every_part_of_the_tree_is_documented():
    for folder in ("frikommune", "networks", "trials"):
        for path in sorted((ROOT / folder).iterdir()):
            skipped = path.name.startswith(("_", ".")) or path.name in ("migrations", "apps.py", "static", "locale")
            if not skipped:
                assert path.name.removesuffix(".py") in ARCHITECTURE, f"{folder}/{path.name}"


def test_readme_gives_the_two_commands_and_where_things_are():
    for words in (
        "make run",
        "make test",
        "DATABASE_URL",
        "docs/architecture.md",
        "docs/data.md",
        "docs/operations.md",
    ):
        assert words in README
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()
    assert re.search(r"!\[", README), "a screenshot"


def test_links_between_documents_lead_somewhere():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
