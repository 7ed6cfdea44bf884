from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = "Netværk og kommuner"
    default_auto_field = "django.db.models.BigAutoField"
