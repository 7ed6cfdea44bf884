from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = "Netværk og kommuner"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from networks import recording  # noqa: F401  (connects the receiver)
