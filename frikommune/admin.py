"""The name of the admin site, and its users and groups with permissions in Danish."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User

from networks.admin.record import ProtectedFirst

admin.site.site_header = "Frikommuneregisteret"
admin.site.site_title = "Frikommuneregisteret"
admin.site.index_title = "Redaktion"

_ACTIONS = {"add": "må oprette", "change": "må ændre", "delete": "må slette", "view": "må se"}


class PermissionChoice(forms.ModelMultipleChoiceField):
    """Permissions by name: Django keeps their names in the database in English."""

    def label_from_instance(self, permission: Permission) -> str:
        action, _, _ = permission.codename.partition("_")
        return f"{permission.content_type.app_labeled_name}: {_ACTIONS.get(action, permission.name)}"


class DanishPermissions(admin.ModelAdmin):
    """Offers the permissions that have an effect in the admin; versions in a history have none of their own."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.related_model is Permission:
            kwargs |= {
                "form_class": PermissionChoice,
                "queryset": Permission.objects.exclude(content_type__model__startswith="historical").select_related(
                    "content_type"
                ),
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class EditorAdmin(ProtectedFirst, DanishPermissions, UserAdmin):
    """Those who work in the registry."""


@admin.register(Group)
class EditorGroupAdmin(DanishPermissions, GroupAdmin):
    """What a group of editors may do."""
