"""Subscribing to changes and milestones, in a real browser."""

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from networks.models import Network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_network_is_subscribed_to_without_javascript(page_at, site: str) -> None:
    page = page_at(java_script_enabled=False)
    network = Network.objects.get(number=5)
    page.goto(site + network.get_absolute_url())
    feed = page.get_by_role("link", name="Ændringer i netværket (Atom)").get_attribute("href")
    calendar = page.get_by_role("link", name="Milepæle i netværket (kalender)").get_attribute("href")
    answer = page.request.get(site + feed)

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "Gentofte: fra Ikke oplyst til I drift senest den 30. april 2018" in answer.text()
    assert page.locator("head link[rel=alternate]").get_attribute("href") == feed
    summaries = [str(event["summary"]) for event in Calendar.from_ical(page.request.get(site + calendar).body()).events]
    assert "Planlagt: Midtvejsevaluering ved netværket (i sommeren 2019)" in summaries


def test_milestones_are_narrowed_to_a_period(page: Page, site: str) -> None:
    page.goto(f"{site}/milepaele/")
    page.locator("#filter-fra summary").click()
    page.get_by_label("Fra og med").fill("2019-06-01")
    page.get_by_label("Til og med").fill("2019-08-31")
    page.get_by_label("Til og med").press("Tab")

    expect(page.get_by_role("link", name="Fjern filteret Fra og med 1. juni 2019")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="i sommeren 2019").first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Syv sygeplejersker ansat")).to_have_count(0)
