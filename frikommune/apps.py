from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class FrikommuneConfig(AppConfig):
    name = "frikommune"
    verbose_name = "Frikommuneregisteret"
    default = True


class RegisterAdminConfig(admin_apps.AdminConfig):
    """Django's admin behind the site's own login."""

    default = False
    default_site = "frikommune.site_admin.RegisterSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.admin.templatetags import admin_list

        from frikommune.site_admin import yes_or_no

        admin_list._boolean_icon = yes_or_no  # all of Django's admin takes it from there
