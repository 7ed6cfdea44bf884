"""The layer rule, the size of modules, and the names that say nothing: held on the files themselves."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("frikommune", "networks", "trials")
MODULES = sorted(path for app in OURS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)

# Each layer may import from itself and those before it (docs/architecture.md). A module of the same kind as
# one of them, such as evaluation_filters, belongs where that does.
LAYERS = [
    {"enums", "dates", "keys", "people", "personal", "rules", "danish", "search", "glossary"},
    {"models", "querysets"},
    {"workflow", "lawfulness", "importers", "integrity", "proposals", "recording", "signals", "versions"},
    {
        "as_of",
        "calendar",
        "changes",
        "charts",
        "code_filter",
        "collision",
        "comparison",
        "exemptions",
        "exports",
        "facets",
        "feeds",
        "figures",
        "filters",
        "forms",
        "grid",
        "known",
        "linked_data",
        "lookup",
        "maps",
        "periods",
        "record_fields",
        "plausibility",
        "remembered",
        "seen_findings",
        "sentences",
        "timeline",
        "told",
        "workspace",
    },
    {
        "accounts",
        "api",
        "middleware",
        "errors",
        "kept_form",
        "sitemaps",
        "views",
        "admin",
        "urls",
        "templatetags",
        "management",
        "apps",
        "workspace_urls",
    },
]
SITE = {"settings", "urls", "views", "wsgi", "apps", "management", "templatetags"}


def _imports(path: Path) -> set[str]:
    """The dotted names of ours that the module imports, at its top or within a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in OURS}


def _layer(name: str) -> int | None:
    """The layer of a dotted name of ours; None for the app package itself."""
    parts = name.split(".")
    if len(parts) < 2:
        return None
    for number, layer in enumerate(LAYERS):
        if parts[1] in layer or parts[1].rpartition("_")[2] in layer:
            return number
    return None


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_every_module_has_a_layer():
    assert len(MODULES) > 50
    for path in MODULES:
        name = _name(path)
        if path.name != "__init__.py" and name.split(".")[1] not in SITE:
            assert _layer(name) is not None, f"{name} has no layer; say where it belongs"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_point_one_way(path):
    own = _layer(_name(path))
    if own is None:
        return
    for imported in _imports(path):
        other = _layer(imported)
        assert other is None or other <= own, f"{_name(path)} imports {imported}"


def test_networks_know_nothing_of_trials():
    may = {"networks.views", "networks.urls"}
    for path in MODULES:
        name = _name(path)
        if name.startswith("networks.") and not any(name == each or name.startswith(f"{each}.") for each in may):
            assert not {imported for imported in _imports(path) if imported.startswith("trials")}, name


def test_vocabularies_import_nothing_of_ours():
    own = ("danish", "dates", "keys", "personal")
    for name in ("trials/enums", "networks/enums", *(f"frikommune/{each}" for each in own)):
        path = (ROOT / name).with_suffix(".py")
        assert _imports(path) == set(), path


def test_only_the_workflow_writes_status_events():
    """Outside it nobody makes a StatusEvent or sets a status by assignment or update."""
    for path in MODULES:
        if _name(path) in ("trials.workflow", "trials.models.status"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called != "StatusEvent", path
                assert called not in ("StatusEvent.objects.create", "StatusEvent.objects.bulk_create"), path
                if called.endswith(".update"):
                    assert "status" not in {keyword.arg for keyword in node.keywords}, path


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 60, f"{_name(path)}.{node.name}"


def test_names_say_what_they_hold():
    for path in MODULES:
        assert path.stem not in ("util", "utils", "helper", "helpers", "common", "misc", "services"), path


def test_modules_that_run_on_one_database_are_there():
    """A name that is no module's would mark nothing, and nobody would notice."""
    from tests.conftest import ONCE

    for name in ONCE:
        *packages, last = name.split(".")
        place = Path(__file__).parent.joinpath(*packages)
        assert (place / f"test_{last}.py").exists() or (place / last / "__init__.py").exists(), name


def test_models_say_where_their_rules_come_from():
    from tests.test_docs import OUR_MODELS

    for model in OUR_MODELS:
        assert model.__doc__, model
        assert not model.__doc__.startswith(f"{model.__name__}("), f"{model.__name__} has no docstring of its own"
        assert model._meta.verbose_name != model._meta.model_name, f"{model.__name__} has no Danish name"
