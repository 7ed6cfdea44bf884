from django.urls import path

from networks import views

app_name = "networks"
urlpatterns = [
    path("netvaerk/", views.network_list, name="network_list"),
    path("netvaerk/<str:slug>/", views.network, name="network"),
    path("netvaerk/<str:slug>/skema/", views.network_grid, name="network_grid"),
    path("kommuner/", views.municipality_list, name="municipality_list"),
    path("kommuner/<str:slug>/", views.municipality, name="municipality"),
]
