"""Whoever follows the site's own links from the front page meets every public page, and nothing broken."""

import re

import pytest

from networks.models import Municipality, Network
from tests.crawling import Crawl
from tests.pages import LISTS
from trials.models import Evaluation, Provision, Trial


@pytest.mark.django_db
@pytest.mark.usefixtures("register")
class TestCrawl:
    def test_every_page_is_met_from_the_front_page_and_none_is_broken(self, client) -> None:
        crawl = Crawl(client).run()

        assert crawl.faults == []
        assert len(crawl.pages("trials:trial")) == Trial.objects.count() == 79
        assert len(crawl.pages("networks:network")) == Network.objects.count() == 8
        assert len(crawl.pages("networks:municipality")) == Municipality.objects.count() == 98
        assert len(crawl.pages("trials:evaluation")) == Evaluation.objects.count()
        provisions = {each.get_absolute_url() for each in Provision.objects.select_related("act")}
        assert provisions < crawl.pages("trials:provision"), "of some only a part is stored, but the whole has a page"
        assert set(LISTS) <= set(crawl.anchors)
        told = re.findall(r"<loc>http://testserver([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
        assert set(told) <= set(crawl.anchors), "a search engine is told of no page that a reader cannot find"
