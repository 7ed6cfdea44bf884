from django.contrib import admin
from django.urls import include, path

from frikommune import views

urlpatterns = [
    path("", views.home, name="home"),
    path("om/", views.about, name="about"),
    path("", include("networks.urls")),
    path("", include("trials.urls")),
    path("admin/", admin.site.urls),
]
