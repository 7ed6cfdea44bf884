"""The public site's pages in their states, by address: filters in force, as of a day, empty, refused, many, none.

One page of each kind as it is first met is in `tests.pages`. Both need the shipped register.
"""

from tests.pages import page_kinds

NETWORK = "/netvaerk/en-mere-fleksibel-og-effektiv-beskaeftigelsesindsats/"
FOUR = "forsoeg=FKII-7-01&forsoeg=FKII-7-02&forsoeg=FKII-7-03&forsoeg=FKII-1-01"

TRIALS = (
    "/forsoeg/?kommune=730&status=running&paragraf=frikommuneloven/paragraf-25&region=1082",
    "/forsoeg/?visning=tabel&kommune=730&kommune=851&antal=50",
    "/forsoeg/?q=bolig&netvaerk=2&netvaerk=3&status=running&status=realising&kommune=101",
    "/forsoeg/?pr=2018-12-01&lov=frikommuneloven",
    "/forsoeg/?pr=2018-12-01&q=bolig",
    "/forsoeg/?q=ukendtord&antal=50&visning=tabel&fra=2018-01-01",
    "/forsoeg/?fra=2019-01-01&til=2018-01-01&status=x&pr=2090-01-01",
    "/forsoeg/?netvaerk=01x&status=running&side=0",
    "/forsoeg/?side=2",
    "/forsoeg/?side=99",
    "/forsoeg/findes-ikke/",
    "/sammenlign/?forsoeg=FKII-1-08",
    "/sammenlign/?forsoeg=FKII-1-08&forsoeg=FKII-2-01",
    f"/sammenlign/?{FOUR}&vis=forskelle",
    f"/sammenlign/?{FOUR}&forsoeg=FKII-1-02&forsoeg=FKII-9-99",
    *(f"/forsoeg/{each}/" for each in ("FKII-1-01", "FKII-1-08", "FKII-1-09", "FKII-2-01", "FKII-3-06")),
    *(f"/forsoeg/{each}/" for each in ("FKII-5-01", "FKII-7-02", "FKII-7-03")),
)
PLACES = (
    NETWORK,
    f"{NETWORK}skema/",
    "/netvaerk/billige-boliger-og-fleksible-boligloesninger/",
    "/netvaerk/billige-boliger-og-fleksible-boligloesninger/skema/",
    "/netvaerk/nye-samarbejdsformer-paa-det-somatiske-akutomraade/",
    "/netvaerk/oeget-borgerinvolvering-og-samskabelse/",
    *(f"/kommuner/{each}/" for each in ("aeroe", "halsnaes", "koebenhavn", "laesoe", "lyngby-taarbaek", "randers")),
    "/kommuner/vesthimmerlands/",
)
RECORD = (
    "/evalueringer/?ekstern=ja&mangler=metode",
    "/evalueringer/?ekstern=x",
    "/evalueringer/E-FKII-7-01/",
    "/evalueringer/E-FKII-2-06/",
    "/evalueringer/vive-2019-X-9/",
    "/erfaringer/?tema=time&side=2",
    "/erfaringer/?q=ukendtord&art=barrier",
    "/hjemler/frikommuneloven/paragraf-25/",
    "/hjemler/serviceloven/paragraf-129/",
    "/aktivitetstal/?pr=2018-12-01",
    "/aktivitetstal/?enhed=x",
    "/aktivitetstal/?q=besøg&sortering=dato",
    "/milepaele/?fra=2019-06-01&netvaerk=5",
    "/milepaele/?fra=x",
    "/milepaele/?q=ukendtord",
    "/datakvalitet/?alvor=gap",
    "/datakvalitet/?alvor=x",
)
FINDING = (
    "/soeg/?q=bolig",
    "/soeg/?q=kommune&slags=kommuner&side=2",
    "/soeg/?q=%C2%A7+27",
    "/soeg/?q=l%C3%A6s%C3%B8+tandl%C3%A6ge",
    "/soeg/?q=rehabilitring",
    "/soeg/?q=%C2%A7",
    f"/soeg/?q={'w' * 200}",
    "/ordbog/#igangsat",
    "/findes-ikke/",
)

NOT_FOUND = {"/forsoeg/?side=99", "/forsoeg/findes-ikke/", "/findes-ikke/"}
"""Those that are answered with 404; the others are pages, or say what is wrong with what was asked for."""

AREAS = {"kinds": page_kinds, "trials": TRIALS, "places": PLACES, "record": RECORD, "finding": FINDING}


def addresses(area: str) -> list[str]:
    """The addresses of one of the AREAS."""
    listed = AREAS[area]
    return list(listed() if callable(listed) else listed)
