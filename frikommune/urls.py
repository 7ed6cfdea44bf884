from django.contrib import admin
from django.urls import include, path

from frikommune import views
from trials.api.site import api
from trials.views import api_guide

urlpatterns = [
    path("", views.home, name="home"),
    path("om/", views.about, name="about"),
    path("", include("networks.urls")),
    path("", include("trials.urls")),
    path("api/", api_guide, name="api_guide"),
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
]
