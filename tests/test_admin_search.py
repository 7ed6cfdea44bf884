"""Finding in the admin: Danish in any case, citations, filters and autocomplete."""

import pytest
from django.contrib import admin
from django.urls import reverse

from networks.models import Municipality
from tests import factories
from tests.admin import make_one_of_everything, url
from trials.enums import BasisKind
from trials.models import (
    Provision,
    Trial,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["LÆSØ", "læsø", "Læsø", "laesoe", "0825"])
def test_municipality_is_found_in_any_case(admin_client, query: str) -> None:
    factories.make_municipality("Læsø", "0825")
    factories.make_municipality("Ærø", "0492")
    found = admin_client.get(url(Municipality, "changelist"), {"q": query}).context["cl"].result_list

    assert [municipality.name for municipality in found] == ["Læsø"]


@pytest.mark.parametrize("query", ["LÆSØ", "læsø", "boliger", "FKII-1-01", "fkii-1-01", "LÆSØ boliger"])
def test_trial_is_found_by_id_and_words(admin_client, query: str) -> None:
    network = factories.make_network(1)
    wanted = factories.make_trial("Udslusningsboliger", network, [factories.make_municipality("Læsø")])
    factories.make_trial("Mikrolån", network, [factories.make_municipality("Ærø")])
    found = admin_client.get(url(Trial, "changelist"), {"q": query}).context["cl"].result_list

    assert list(found) == [wanted]


@pytest.mark.parametrize("query", ["§ 27 c", "27c frikommune", "§ 27 c, stk. 3", "FRIKOMMUNELOVEN § 27 c"])
def test_provision_is_found_by_citation(admin_client, query: str) -> None:
    wanted = factories.make_provision(27, "c", subsection=3)
    factories.make_provision(27, "d")
    factories.make_provision(55, act=factories.make_act("folkeskoleloven", "Lov om folkeskolen"))
    found = admin_client.get(url(Provision, "changelist"), {"q": query}).context["cl"].result_list

    assert list(found) == [wanted]


def test_autocomplete_answers_for_every_field_that_uses_it(admin_client) -> None:
    make_one_of_everything(1)
    asked = 0
    for model_admin in admin.site._registry.values():
        for owner in (model_admin, *model_admin.get_inline_instances(_request(admin_client))):
            for name in owner.autocomplete_fields:
                source = {"app_label": owner.model._meta.app_label, "model_name": owner.model._meta.model_name}
                response = admin_client.get(reverse("admin:autocomplete"), {"term": "", "field_name": name} | source)
                assert response.status_code == 200, (owner, name)
                assert response.json()["results"], (owner, name)
                asked += 1
    assert asked > 10


def _request(client):
    return client.get("/admin/").wsgi_request


def test_trial_list_filters_by_kind_of_legal_basis(admin_client) -> None:
    network = factories.make_network(1)
    wanted, other = factories.make_trial("A", network), factories.make_trial("B", network)
    for paragraph in (1, 2):
        factories.make_participation(wanted)
        factories.make_basis(wanted, factories.make_provision(paragraph), BasisKind.EXEMPTION)
    factories.make_basis(other, None, BasisKind.EXISTING_LAW)
    page = admin_client.get(url(Trial, "changelist"), {"legal_bases__kind__exact": BasisKind.EXEMPTION})

    assert [(trial.title, trial.municipality_count) for trial in page.context["cl"].result_list] == [("A", 2)]
