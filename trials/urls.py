"""Addresses of the trials."""

from django.urls import path

from trials import views

app_name = "trials"

urlpatterns = [
    path("forsoeg/", views.trial_list, name="trial_list"),
    path("forsoeg.csv", views.trial_csv, name="trial_csv"),
    path("forsoeg/<str:ref>/", views.trial, name="trial"),
]
