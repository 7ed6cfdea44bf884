from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from frikommune import views
from frikommune.sitemaps import SITEMAPS
from trials.api.site import api
from trials.views import api_guide

handler404 = "frikommune.errors.not_found"

urlpatterns = [
    path("", views.home, name="home"),
    path("om/", views.about, name="about"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("privatliv/", views.privacy, name="privacy"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include("networks.urls")),
    path("", include("trials.urls")),
    path("api/", api_guide, name="api_guide"),
    path("api/v1/", api.urls),
    path("konto/", include("frikommune.account_urls")),
    path("admin/", admin.site.urls),
]
