"""Addresses of the trials."""

from django.urls import include, path

from trials import views
from trials.exports.forms import FORMS
from trials.exports.listings import LISTINGS
from trials.views.feeds import LISTS

app_name = "trials"

urlpatterns = [
    *(
        path(f"{name}.{ending}", views.download, {"name": name, "ending": ending}, name=f"{name}.{ending}")
        for name in LISTINGS
        for ending in FORMS
    ),
    path("bekraeft/<str:token>/", views.answer_link, name="answer_link"),
    path("arbejdsbord/", include("trials.workspace_urls")),
    path("forsoeg/", views.trial_list, name="trial_list"),
    *(path(f"{name}.atom", views.list_atom, {"name": name}, name=f"{name}.atom") for name in LISTS),
    path("forsoeg/<str:ref>.atom", views.trial_changes_atom, name="trial_changes_atom"),
    path("netvaerk/<str:slug>.atom", views.network_atom, name="network_atom"),
    path("kommuner/<str:slug>.atom", views.municipality_atom, name="municipality_atom"),
    path("hjemler/<slug:code>/<str:slug>.atom", views.provision_atom, name="provision_atom"),
    path("milepaele/", views.milestone_list, name="milestone_list"),
    path("milepaele.ics", views.milestone_calendar, name="milestone_calendar"),
    path("forsoeg/<str:ref>.json", views.trial_json, name="trial_json"),
    path("forsoeg/<str:ref>/", views.trial, name="trial"),
    path("sammenlign/", views.comparison, name="comparison"),
    path("aktivitetstal/", views.figure_list, name="figure_list"),
    path("data/", views.data, name="data"),
    path("data/datapackage.json", views.data_package, name="data_package"),
    path("data/katalog.jsonld", views.data_catalogue, name="data_catalogue"),
    path("data/frikommuneregisteret.zip", views.data_archive, name="data_archive"),
    path("data/<slug:name>.csv", views.data_file, name="data_file"),
    path("tal/", views.numbers, name="numbers"),
    path("datakvalitet/", views.quality, name="quality"),
    path("evalueringer/", views.evaluation_list, name="evaluation_list"),
    path("evalueringer/<str:slug>/", views.evaluation, name="evaluation"),
    path("erfaringer/", views.experience_list, name="experience_list"),
    path("erfaringer/<str:slug>/", views.experience, name="experience"),
    path("soeg/", views.search, name="search"),
    path("ordbog/", views.glossary, name="glossary"),
    path("hjemler/", views.law_list, name="law_list"),
    path("hjemler/<slug:code>/", views.act, name="act"),
    path("hjemler/<slug:code>/<str:slug>/", views.provision, name="provision"),
]
