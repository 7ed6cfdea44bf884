"""Users and groups, with permissions in Danish. What the login's library registers by itself is left out."""

from allauth.account import admin as _account_admin  # noqa: F401  (registers what is taken back below)
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User

from frikommune.personal import refuse_personal_numbers
from frikommune.record_fields import RecordsField
from networks.admin.permission import RecordPermissions
from networks.admin.record import ProtectedFirst

_ACTIONS = {"add": "må oprette", "change": "må ændre", "delete": "må slette", "view": "må se"}
_BEYOND_ROLES = ("is_staff", "is_superuser", "groups", "user_permissions")
"""What lets a user do more than his roles: a superuser alone gives it."""


class PermissionChoice(RecordsField):
    """Permissions by name: Django keeps their names in the database in English."""

    def label_from_instance(self, permission: Permission) -> str:
        action, _, _ = permission.codename.partition("_")
        return f"{permission.content_type.app_labeled_name}: {_ACTIONS.get(action, permission.name)}"


class DanishPermissions(admin.ModelAdmin):
    """Takes no personal number for a name, and offers the permissions that have an effect in the admin; versions in a
    history have none of their own."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.related_model is Permission:
            kwargs |= {
                "form_class": PermissionChoice,
                "queryset": Permission.objects.filter(content_type__app_label__in=("auth", "networks", "trials"))
                .exclude(content_type__model__startswith="historical")
                .select_related("content_type"),
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            field.validators.append(refuse_personal_numbers)
        return field


for _model in (User, Group, EmailAddress, Authenticator):
    admin.site.unregister(_model)


@admin.register(User)
class EditorAdmin(RecordPermissions, ProtectedFirst, DanishPermissions, UserAdmin):
    """Those who work in the registry. Their roles are rows of their own."""

    actions = ("end_second_step",)
    readonly_fields = ("last_login", "date_joined")

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return readonly if request.user.is_superuser else (*readonly, *_BEYOND_ROLES)

    @admin.action(description="Slå login i to trin fra for de valgte brugere", permissions=["change"])
    def end_second_step(self, request, users) -> None:
        """For one who has lost his telephone and his codes."""
        for user in users:
            if not self.has_change_permission(request, user):
                self.message_user(request, f"Du kan ikke ændre {user}.", messages.ERROR)
            elif Authenticator.objects.filter(user=user).delete()[0]:
                self.log_change(request, user, "Login i to trin er slået fra.")
                self.message_user(request, f"Login i to trin er slået fra for {user}.")
            else:
                self.message_user(request, f"{user} bruger ikke login i to trin.", messages.WARNING)


@admin.register(Group)
class EditorGroupAdmin(RecordPermissions, DanishPermissions, GroupAdmin):
    """What a group of editors may do."""
