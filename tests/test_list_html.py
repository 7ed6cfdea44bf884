"""The pages of evaluations, experiences, law, municipalities and compared trials are valid HTML."""

import pytest

from tests.conftest import unavailable
from tests.html import CheckerUnavailable, validate_html
from trials.models import Evaluation, Provision

ADDRESSES = (
    *("/evalueringer/", "/evalueringer/?ekstern=ja&mangler=baseline&side=1", "/evalueringer/?ekstern=x"),
    *("/erfaringer/", "/erfaringer/?q=tid&side=1", "/erfaringer/?q=ukendtord", "/erfaringer/?tema=x"),
    *("/forsoeg/", "/forsoeg/?visning=tabel&kommune=730&pr=2018-12-01&paragraf=frikommuneloven/paragraf-25&antal=50"),
    *(
        "/forsoeg/?fra=2019-01-01&til=2018-01-01&pr=2018-13-01&evaluator=VIVE",
        "/forsoeg/?kommune=730&aarsag=no_partner",
    ),
    *("/aktivitetstal/?pr=2018-12-01", "/aktivitetstal/?pr=x"),
    "/hjemler/",
    *("/milepaele/", "/milepaele/?fra=2019-06-01&side=1", "/milepaele/?fra=x&art=x", "/milepaele/?fra=2031-01-01"),
    *("/sammenlign/", "/sammenlign/?forsoeg=FKII-1-08", "/sammenlign/?forsoeg=FKII-1-08&forsoeg=FKII-2-01"),
    "/sammenlign/?forsoeg=FKII-7-01&forsoeg=FKII-7-02&forsoeg=FKII-7-03&forsoeg=FKII-1-01&vis=forskelle",
    "/sammenlign/?" + "&".join(f"forsoeg=FKII-1-0{number}" for number in range(1, 7)),
    *("/kommuner/koebenhavn/", "/kommuner/laesoe/", "/kommuner/halsnaes/", "/kommuner/aeroe/"),
)


@pytest.mark.html
@pytest.mark.django_db
@pytest.mark.usefixtures("register")
def test_pages_are_valid(client) -> None:
    addresses = [*ADDRESSES, *(evaluation.get_absolute_url() for evaluation in Evaluation.objects.all())]
    addresses += [provision.get_absolute_url() for provision in Provision.objects.select_related("act")]
    pages = {address: client.get(address).content.decode() for address in addresses}
    try:
        assert validate_html(pages) == []
    except CheckerUnavailable as missing:
        unavailable(str(missing))
