"""Addresses of the trials."""

from django.urls import path

from trials import views

app_name = "trials"

urlpatterns = [
    path("forsoeg/", views.trial_list, name="trial_list"),
    path("forsoeg.csv", views.trial_csv, name="trial_csv"),
    path("forsoeg/<str:ref>/", views.trial, name="trial"),
    path("aktivitetstal/", views.figure_list, name="figure_list"),
    path("aktivitetstal.csv", views.figure_csv, name="figure_csv"),
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
