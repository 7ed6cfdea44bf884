"""What people come for, from the first page to the answer, in a real browser with the shipped register."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db.models import Q
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from networks.models import Municipality, Network
from trials import workflow
from trials.enums import BasisRole, Status
from trials.models import Experience, LegalBasis, Milestone, Observation, Outcome, StatusEvent, Trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = date(2018, 12, 1)
NOBODY = "Ingen forsøg med status »I drift« pr. 1. december 2018, som hviler på eller fraviger § 25 i Lov om frikommune"


def titles(page: Page) -> list[str]:
    """The titles of the trials in the list, in order."""
    return page.locator(".result__title > a").all_inner_texts()


def read_then(day: date, bearer: str) -> dict[int, str]:
    """The status of every trial or participation on `day`, read from the events one by one."""
    found: dict[int, str] = {}
    corrected = set(StatusEvent.objects.exclude(corrects=None).values_list("corrects", flat=True))
    for event in StatusEvent.objects.order_by("effective_on", "recorded_at", "pk"):
        key = getattr(event, f"{bearer}_id")
        if key and event.effective_on <= day and event.pk not in corrected:
            found[key] = event.status
    return found


def running_then(day: date) -> set[Trial]:
    """The trials that were running on `day`."""
    keys = [key for key, status in read_then(day, "trial").items() if status == "running"]
    return set(Trial.objects.filter(pk__in=keys))


def under_paragraph_25() -> set[Trial]:
    """The trials with a basis in § 25 of the act, or in a part of it."""
    bases = LegalBasis.objects.filter(provision__act__code="frikommuneloven", provision__paragraph=25)
    return {basis.trial for basis in bases.filter(provision__letter="").select_related("trial")}


def test_misspelt_word_leads_to_a_trial_by_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox", name="Søg i hele registeret").focus()
    page.keyboard.type("rehabilitring")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mente du")).to_be_visible()
    page.get_by_role("link", name="rehabilitering", exact=True).press("Enter")
    first = page.locator("section", has=page.locator("#forsoeg")).locator("h3 a").first
    title = first.inner_text()
    first.press("Enter")

    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    assert "rehabilitering" in page.locator("main").inner_text().lower()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_applies_in_guldborgsund(page_at, site: str, scripts: bool) -> None:
    page = page_at(java_script_enabled=scripts)
    page.goto(site)
    if scripts:
        page.locator(".map__country a[href='/kommuner/guldborgsund/']").press("Enter")
    else:
        page.get_by_role("link", name="din kommune").click()
        page.locator("main").get_by_role("link", name="Guldborgsund", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Guldborgsund Kommune")).to_be_visible()
    municipality = Municipality.objects.get(name="Guldborgsund")
    parts = municipality.participations.select_related("trial")
    expect(page.get_by_text(f"Registeret kender {len(parts)} forsøg med andre regler")).to_be_visible()
    expect(page.get_by_text("Det er ikke oplyst for nogen af dem. Siden viser, hvad registeret vidste")).to_be_visible()

    for part in parts:
        answer = page.locator("h3", has=page.locator(f"a[href='{part.trial.get_absolute_url()}']")).first
        told = answer.locator("xpath=following-sibling::dl[1]").inner_text()
        for basis in part.trial.legal_bases.filter(role=BasisRole.DEVIATES_FROM).select_related("provision"):
            assert f"§ {basis.provision.paragraph}" in told, part.trial
        assert part.get_status_display() in told
        assert re.search(r"Gælder den stadig\?\s+Ikke oplyst", told)


def test_two_trials_are_marked_in_a_filtered_table_and_compared(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/?visning=tabel")
    page.get_by_role("checkbox", name=re.compile("^I drift")).check()
    expect(page.get_by_role("heading", name="24 forsøg med status »I drift«")).to_be_visible()
    marked = [page.get_by_role("checkbox", name=re.compile("^Sammenlign FKII")).nth(place) for place in (0, 3)]
    ids = []
    for box in marked:
        box.check()
        ids.append(box.get_attribute("value"))
    page.get_by_role("button", name="Sammenlign de markerede").press("Enter")

    expect(page).to_have_url(f"{site}/sammenlign/?forsoeg={ids[0]}&forsoeg={ids[1]}")
    table = page.get_by_role("table")
    for trial in Trial.objects.filter(public_id__in=ids):
        expect(table.get_by_role("columnheader", name=re.compile(re.escape(trial.title)))).to_be_visible()
    status = table.get_by_role("row", name=re.compile("^Status"))
    expect(status.get_by_role("cell").nth(0)).to_contain_text("I drift")
    expect(status.get_by_role("cell").nth(1)).to_contain_text("I drift")


def test_workbook_of_a_filtered_list_has_what_the_page_says(page: Page, site: str, tmp_path) -> None:
    page.goto(f"{site}/forsoeg/?netvaerk=1&netvaerk=4&status=running&status=awaiting&antal=100")
    shown, said = titles(page), page.locator("#resultat").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel", exact=True).click()
    assert download.value.suggested_filename == "forsoeg.xlsx"
    download.value.save_as(tmp_path / "forsoeg.xlsx")
    book = load_workbook(tmp_path / "forsoeg.xlsx")
    head, *rows = book["Forsøg"].iter_rows(values_only=True)
    records = [dict(zip(head, row, strict=True)) for row in rows]

    assert [record["titel"] for record in records] == shown
    assert said.startswith(f"{len(records)} forsøg ")
    assert {record["status"] for record in records} == {"running", "awaiting"}
    about = dict(row[:2] for row in book["Om udtrækket"].iter_rows(values_only=True))
    assert about["Udtræk"] == said
    page.goto(about["Adresse"].replace("/forsoeg.xlsx", "/forsoeg/"))
    assert page.locator("#resultat").inner_text() == said


def test_a_network_is_subscribed_to_and_tells_what_is_new(page: Page, site: str) -> None:
    network = Network.objects.get(number=3)
    page.goto(site)
    page.get_by_role("link", name=network.name).first.click()
    address = page.locator("head link[rel=alternate][type='application/atom+xml']").get_attribute("href")
    assert address == page.get_by_role("link", name="Ændringer i netværket (Atom)").get_attribute("href")

    before = entries(page, site + address)
    own = Q(trials__network=network) | Q(network=network)
    known = StatusEvent.objects.filter(Q(trial__network=network) | Q(participation__trial__network=network)).count()
    known += sum(each.objects.filter(own).distinct().count() for each in (Milestone, Observation, Experience))
    known += Outcome.objects.filter(trial__network=network).count()
    assert 0 < known <= 100
    assert len(before) == known

    trial = Trial.objects.filter(network=network, status=Status.RUNNING).first()
    workflow.change_status(trial, workflow.Change(Status.ENDED, date(2020, 6, 30), note="Ikke forlænget."))
    after = entries(page, site + address)
    new = {key: entry for key, entry in after.items() if key not in before}
    assert len(after) == len(before) + 1
    [(title, link)] = new.values()
    assert re.search(r"I drift til Afsluttet", title)
    page.goto(link)
    expect(page.get_by_role("heading", level=1, name=trial.title)).to_be_visible()


def entries(page: Page, address: str) -> dict[str, tuple[str, str]]:
    """The title and the link of each entry of a feed, by its permanent id."""
    feed = ElementTree.fromstring(page.request.get(address).text())
    return {
        entry.findtext(f"{ATOM}id", ""): (entry.findtext(f"{ATOM}title", ""), entry.find(f"{ATOM}link").get("href"))
        for entry in feed.findall(f"{ATOM}entry")
    }


def test_what_was_running_under_a_paragraph_on_a_day_and_where(page: Page, site: str) -> None:
    page.goto(f"{site}/forsoeg/")
    page.locator("#filter-pr > summary").click()
    page.get_by_label("Dag", exact=True).fill("2018-12-01")
    page.get_by_label("Dag", exact=True).press("Tab")
    page.get_by_role("checkbox", name=re.compile("^I drift")).check()
    expect(page.get_by_role("heading", name="4 forsøg med status »I drift« pr. 1. december 2018")).to_be_visible()
    assert set(titles(page)) == {trial.title for trial in running_then(DAY)}
    for trial in running_then(DAY):
        row = page.locator("li.result", has=page.locator(f"a[href^='/forsoeg/{trial.public_id}-']"))
        for name in trial.municipalities.values_list("name", flat=True):
            expect(row).to_contain_text(name)

    page.get_by_role("link", name="Fjern filteret Status: I drift").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^79 forsøg pr. 1. december 2018"))).to_be_visible()
    page.locator("#filter-paragraf").evaluate(
        "all => all.querySelectorAll('details').forEach(each => each.open = true)"
    )
    page.locator("#filter-paragraf").evaluate("facet => facet.open = true")
    page.locator("#paragraf-frikommuneloven-paragraf-25").check()
    expect(
        page.get_by_role("heading", name=re.compile("^5 forsøg pr. 1. december 2018, som hviler på"))
    ).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^I drift")).check()
    expect(page.get_by_role("heading", name=NOBODY)).to_be_visible()
    assert running_then(DAY) & under_paragraph_25() == set(), "no event tells of one: the source names later days"


def test_the_same_without_javascript_and_where_it_is_known_later(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False)
    page.goto(f"{site}/hjemler/frikommuneloven/paragraf-25/")
    assert len(under_paragraph_25()) == 5
    for trial in under_paragraph_25():
        expect(page.locator("main").get_by_role("link", name=trial.title).first).to_be_visible()
    page.goto(f"{site}/forsoeg/?paragraf=frikommuneloven/paragraf-25&pr=2018-12-01")
    assert set(titles(page)) == {trial.title for trial in under_paragraph_25()}
    page.get_by_role("checkbox", name=re.compile("^I drift")).check()
    page.get_by_role("button", name="Vis forsøg").click()
    expect(page.get_by_role("heading", name=NOBODY)).to_be_visible()

    later = date(2019, 2, 28)
    parts = [key for key, status in read_then(later, "participation").items() if status == "running"]
    where = Municipality.objects.filter(participations__in=parts, participations__trial__in=under_paragraph_25())
    places = "&".join(f"kommune={each.code}" for each in Municipality.objects.all())
    query = f"paragraf=frikommuneloven/paragraf-25&status=running&pr={later}&{places}"
    page.goto(f"{site}/forsoeg/?{query}")
    assert titles(page) == [Trial.objects.get(public_id="FKII-2-01").title]
    own = page.locator(".own-status", has_text="I drift").all_inner_texts()
    assert {each.partition(":")[0].strip() for each in own} == {each.name for each in where.distinct()} != set()
