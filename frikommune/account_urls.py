"""Addresses of the login, below /konto/: those of allauth's pages that a closed registry has a use for.

The names are allauth's, which looks its own pages up by them.
"""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from frikommune import kept_form


class Base36(StringConverter):
    """A number in letters and digits, without the hyphen that ends it in the link of allauth's e-mail."""

    regex = "[0-9A-Za-z]+"


register_converter(Base36, "base36")

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inaktiv/", views.account_inactive, name="account_inactive"),
    path("opret/", views.signup, name="account_signup"),
    path("fortsaet/", kept_form.page, name="kept_form"),
    path("bekraeft/", views.reauthenticate, name="account_reauthenticate"),
    path("adgangskode/", views.password_change, name="account_change_password"),
    path("adgangskode/foerste/", views.password_set, name="account_set_password"),
    path("adgangskode/glemt/", views.password_reset, name="account_reset_password"),
    path("adgangskode/glemt/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path("adgangskode/ny/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path(
        "adgangskode/ny/<base36:uidb36>-<key>/", views.password_reset_from_key, name="account_reset_password_from_key"
    ),
    path("totrin/", second_factor.index, name="mfa_index"),
    path("totrin/kode/", second_factor.authenticate, name="mfa_authenticate"),
    path("totrin/bekraeft/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("totrin/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("totrin/app/fjern/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("totrin/koder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("totrin/koder/nye/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("totrin/koder/hent/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
