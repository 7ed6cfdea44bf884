"""The reader of pages: a check of structure must be able to fail."""

from django.http import HttpResponse

from tests.outline import outline

PAGE = """<!doctype html><html lang="da"><head><title>Prøve – Frikommuneregisteret</title></head><body>
<nav class="crumbs"><ol><li><a href="/">Forside</a></li><li>Prøve</li></ol></nav><main>{}</main></body></html>"""


def page(body: str):
    return outline(HttpResponse(PAGE.format(body)))


def test_outline_of_sound_page_has_no_faults() -> None:
    found = page("<h1>Et</h1><p>Tekst <a href='/x/'>her</a></p><h2>To</h2><p>Mere</p><h2>Tre</h2>")

    assert found.faults() == []
    assert found.headings == [(1, "Et"), (2, "To"), (2, "Tre")]
    assert found.crumbs == ["Forside", "Prøve"]
    assert found.links == {"her": "/x/"}
    assert found.part("To") == "Mere"


def test_outline_names_faults() -> None:
    assert page("<h1>Et</h1><h3>Tre</h3>").faults() == ["h3 after h1"]
    assert page("<h2>To</h2>").faults() == ["0 h1", "does not begin with h1"]
    assert page("<h1>Et</h1><h1></h1>").faults() == ["2 h1", "empty h1"]
    assert outline(HttpResponse("<!doctype html><main><h1>Et</h1></main>")).faults() == ["no breadcrumb", "no title"]
