from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "trials"
    verbose_name = "Forsøg"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from trials import signals  # noqa: F401  (connects the receivers)
