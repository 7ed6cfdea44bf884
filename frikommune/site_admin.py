"""The admin site: for those with the internal view, behind the login that all share."""

from functools import update_wrapper

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

_ANSWERS = {True: ("yes", "Ja"), False: ("no", "Nej"), None: ("unknown", "Ikke oplyst")}


class RegisterSite(admin.AdminSite):
    """One who is not signed in meets the login; one who is, but has no internal view, is refused."""

    site_header = "Frikommuneregisteret"
    site_title = "Frikommuneregisteret"
    index_title = "Redaktion"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm("trials.view_internally")

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)

        def entered(request, *args, **kwargs):
            if self.has_permission(request):
                return guarded(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())

        return update_wrapper(entered, guarded)

    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """The admin has no login of its own: it leads to the one there is, and from there to where one was going."""
        onwards = request.GET.get("next") or request.POST.get("next") or f"{request.path.removesuffix('login/')}"
        return redirect_to_login(onwards)

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context=None) -> HttpResponse:  # type: ignore[override]
        return redirect("mfa_index")


def yes_or_no(value: bool | None) -> SafeString:
    """The icon of a yes or no, with what it says in Danish: Django's own says True, False or None."""
    name, said = _ANSWERS[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), said)
