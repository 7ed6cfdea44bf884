"""The login: one door, closed to strangers, in Danish, slow to guessers. What is written when it runs out is kept."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from frikommune import kept_form
from tests import factories, roles
from tests.test_locale import english_in
from trials.enums import Status

pytestmark = pytest.mark.django_db

PASSWORD = "koordinator-2018"


@pytest.fixture(autouse=True)
def _forget_attempts():
    cache.clear()


@pytest.fixture
def user():
    return roles.make_user("rita", email="rita@example.dk", password=PASSWORD)


def log_in(client: Client, login: str = "rita", password: str = PASSWORD, **sent):
    return client.post(reverse("account_login"), {"login": login, "password": password, **sent})


class TestDoor:
    @pytest.mark.parametrize("login", ["rita", "rita@example.dk"])
    def test_name_and_address_open_it(self, client, user, login: str) -> None:
        response = log_in(client, login)

        assert (response.status_code, response.url) == (302, "/arbejdsbord/")

    def test_admin_has_the_same_door(self, client, user) -> None:
        assert client.get("/admin/").url == "/konto/login/?next=/admin/"
        assert client.get("/admin/login/").url == "/konto/login/?next=/admin/"
        assert client.get("/admin/login/?next=/admin/trials/trial/").url == "/konto/login/?next=/admin/trials/trial/"
        assert log_in(client, next="/admin/trials/trial/").url == "/admin/trials/trial/"

    def test_another_site_is_not_gone_on_to(self, client, user) -> None:
        assert log_in(client, next="https://ond.example/").url == "/arbejdsbord/"

    def test_admin_leads_to_the_accounts_own_pages(self, admin_client) -> None:
        assert admin_client.get("/admin/password_change/").url == "/konto/adgangskode/"
        assert admin_client.get("/admin/logout/").url == "/konto/logout/"

    def test_wrong_password_does_not_tell_whether_the_name_exists(self, client, user) -> None:
        known, unknown = (log_in(client, name, "forkert") for name in ("rita", "ingen"))

        for response in (known, unknown):
            assert response.status_code == 200
            assert "Brugernavnet eller adgangskoden er forkert." in response.content.decode()

    def test_nobody_signs_up(self, client) -> None:
        sent = {"username": "ny", "password1": PASSWORD, "password2": PASSWORD, "email": "ny@example.dk"}
        for response in (client.get("/konto/opret/"), client.post("/konto/opret/", sent)):
            assert response.status_code == 200
            assert "Man kan ikke oprette sig selv" in response.content.decode()
        assert log_in(client, "ny").status_code == 200

    def test_closed_account_is_told_so(self, client, user) -> None:
        user.is_active = False
        user.save()

        assert log_in(client).status_code in (200, 302)
        assert client.get("/arbejdsbord/").status_code == 302

    def test_guesser_is_stopped(self, client, user) -> None:
        for _ in range(5):
            assert "er forkert" in log_in(client, password="gæt").content.decode()
        response = log_in(client)

        assert response.status_code == 200
        assert "Der har været for mange mislykkede forsøg." in response.content.decode()

    def test_many_attempts_from_one_place_are_answered_in_danish(self, client) -> None:
        answers = [log_in(client, f"navn-{number}", "gæt") for number in range(31)]

        assert answers[-1].status_code == 429
        assert "For mange forsøg på kort tid" in answers[-1].content.decode()

    def test_logging_out_asks_first(self, client, user) -> None:
        client.force_login(user)

        assert "Vil du logge ud?" in client.get("/konto/logout/").content.decode()
        assert client.post("/konto/logout/").url == "/"
        assert client.get("/arbejdsbord/").status_code == 302


class TestPassword:
    def test_new_one_comes_by_mail(self, client, user, mailoutbox) -> None:
        assert client.post("/konto/adgangskode/glemt/", {"email": "rita@example.dk"}).status_code == 302
        (mail,) = mailoutbox
        address = re.search(r"http://testserver(/konto/adgangskode/ny/\S+)", mail.body)
        assert address
        form = client.get(address[1]).url
        new = "skovsoe-og-eng-44"
        client.post(form, {"password1": new, "password2": new})

        assert english_in(f"<p>{mail.subject} {mail.body}</p>") == []
        assert log_in(client, password=new).status_code == 302
        assert "Linket gælder ikke længere" in Client().get(address[1]).content.decode()

    def test_unknown_address_is_answered_alike_and_gets_no_mail(self, client, user, mailoutbox) -> None:
        response = client.post("/konto/adgangskode/glemt/", {"email": "ukendt@example.dk"})

        assert (response.status_code, response.url) == (302, "/konto/adgangskode/glemt/sendt/")
        assert mailoutbox == []


class TestSecondStep:
    def test_it_is_switched_on_asked_for_and_replaced_by_a_code(self, client, user) -> None:
        log_in(client)
        assert client.get("/konto/totrin/app/").url.startswith("/konto/bekraeft/")
        client.post("/konto/bekraeft/", {"password": PASSWORD})
        page = client.get("/konto/totrin/app/")
        secret = page.context["form"].secret
        assert secret in page.content.decode()
        assert client.post("/konto/totrin/app/", {"code": _code(secret)}).status_code == 302
        codes = client.get("/konto/totrin/koder/").context["unused_codes"]
        client.post("/konto/logout/")
        cache.clear()  # a code counts once

        assert log_in(client).url == "/konto/totrin/kode/"
        assert client.get("/arbejdsbord/").status_code == 302
        assert "Koden er forkert." in client.post("/konto/totrin/kode/", {"code": "000000"}).content.decode()
        assert client.post("/konto/totrin/kode/", {"code": codes[0]}).status_code == 302
        assert client.get("/konto/totrin/").status_code == 200

    def test_ministry_ends_it_for_one_who_lost_the_telephone(self, client, user) -> None:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        superuser = roles.make_user("admin", is_superuser=True)
        Authenticator.objects.create(user=superuser, type=Authenticator.Type.TOTP, data={"secret": "x"})
        client.force_login(roles.make_ministry())
        chosen = {"action": "end_second_step", "_selected_action": [user.pk, superuser.pk]}
        client.post("/admin/auth/user/", chosen)

        assert list(Authenticator.objects.values_list("user", flat=True)) == [superuser.pk]


def _code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_no_page_of_the_account_has_english_left(client, user) -> None:
    names = ["login", "signup", "inactive", "reset_password", "reset_password_done", "reset_password_from_key_done"]
    pages = {name: client.get(reverse(f"account_{name}")).content.decode() for name in names}
    pages["no login"] = client.post(reverse("account_login"), {}).content.decode()
    pages["no mail"] = client.post(reverse("account_reset_password"), {"email": "x"}).content.decode()
    pages["old link"] = client.get("/konto/adgangskode/ny/1-x-y/").content.decode()
    log_in(client)
    client.post("/konto/bekraeft/", {"password": PASSWORD})
    own = ["account_logout", "account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp"]
    pages |= {name: client.get(reverse(name)).content.decode() for name in own}
    pages["wrong change"] = client.post(reverse("account_change_password"), {"oldpassword": "x"}).content.decode()
    pages["wrong code"] = client.post(reverse("mfa_activate_totp"), {"code": "1"}).content.decode()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    pages |= {name: client.get(reverse(name)).content.decode() for name in ("mfa_index", "mfa_deactivate_totp")}
    pages["new codes"] = client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    client.post(reverse("mfa_generate_recovery_codes"))
    pages["codes"] = client.get(reverse("mfa_view_recovery_codes")).content.decode()

    assert [name for name, page in pages.items() if "<h1>" not in page] == []
    assert {name: found for name, page in pages.items() if (found := english_in(page))} == {}


class TestLostLogin:
    @pytest.fixture
    def trial(self):
        return factories.make_trial("Mikrolån", status=Status.APPROVED)

    def lose(self, client: Client) -> Client:
        """Log in, look at a page with forms, and let the login run out."""
        log_in(client)
        client.get("/arbejdsbord/")
        del client.cookies["sessionid"]
        return client

    def sent(self, trial, **changed) -> dict:
        latest = trial.events.latest("pk").pk
        return {
            "status": "awaiting",
            "reason": "other",
            "effective_on": "2019-03-01",
            "precision": "on",
            "note": "Første linje\nog <b>anden</b>",
            "latest": latest,
        } | changed

    def test_form_is_shown_again_after_login_and_sent_on_request(self, client, trial) -> None:
        roles.make_coordinator(trial.network, roles.make_user("rita", password=PASSWORD))
        self.lose(client)
        address = f"/admin/trials/trial/{trial.pk}/status/"
        response = client.post(address, self.sent(trial))
        assert (response.status_code, response.url) == (302, "/konto/login/?next=%2Fkonto%2Ffortsaet%2F")
        assert "venter på dig" in client.get(response.url).content.decode()
        assert log_in(client, next="/konto/fortsaet/").url == "/konto/fortsaet/"
        page = client.get("/konto/fortsaet/")
        html = page.content.decode()

        assert f'action="{address}"' in html
        assert "og &lt;b&gt;anden&lt;/b&gt;" in html
        trial.refresh_from_db()
        assert trial.status == Status.APPROVED
        assert client.post(address, dict(page.context["pairs"])).status_code == 302
        trial.refresh_from_db()
        assert trial.status == Status.AWAITING

    def test_form_is_dropped_on_request(self, client, trial, user) -> None:
        self.lose(client).post("/arbejdsbord/", {"note": "tekst"})
        log_in(client)

        assert client.post("/konto/fortsaet/").url == "/arbejdsbord/"
        assert client.get("/konto/fortsaet/").url == "/arbejdsbord/"

    def test_form_is_not_shown_to_another_who_logs_in(self, client, user) -> None:
        roles.make_user("bo", password=PASSWORD)
        self.lose(client).post("/arbejdsbord/", {"note": "Ritas tekst"})
        assert kept_form.KEY in client.session
        log_in(client, "bo", next="/konto/fortsaet/")
        response = client.get("/konto/fortsaet/")

        assert (response.status_code, response.url) == (302, "/arbejdsbord/")
        assert kept_form.KEY not in client.session

    def test_form_of_nobody_who_was_logged_in_is_not_kept(self, client, user) -> None:
        response = client.post("/arbejdsbord/", {"note": "tekst"})

        assert response.url == "/konto/login/?next=/arbejdsbord/"
        assert "sessionid" not in client.cookies

    def test_code_of_another_cannot_be_made(self, client, user) -> None:
        self.lose(client)
        client.cookies[kept_form.LAST_USER] = str(roles.make_user("bo", password=PASSWORD).pk)
        client.post("/arbejdsbord/", {"note": "tekst"})
        log_in(client, "bo")

        assert client.get("/konto/fortsaet/").url == "/arbejdsbord/"

    def test_cookie_tells_nothing_and_is_out_of_reach_of_scripts(self, client, user) -> None:
        self.lose(client)
        cookie = client.cookies[kept_form.LAST_USER]

        assert (len(cookie.value), cookie["httponly"], cookie["samesite"]) == (64, True, "Lax")
        assert cookie["max-age"] == ""

    def test_password_file_token_and_long_text_are_not_kept(self, client, user) -> None:
        self.lose(client)
        for sent in ({"password1": "hemmelig"}, {"note": "x" * (kept_form.MOST + 1)}):
            client.post("/admin/auth/user/add/", sent)
            assert kept_form.KEY not in client.session
        client.post("/arbejdsbord/", {"note": "x", "csrfmiddlewaretoken": "y" * 64})

        assert client.session[kept_form.KEY]["fields"] == [["note", ["x"]]]

    def test_form_is_forgotten_after_an_hour(self, client, user, monkeypatch) -> None:
        self.lose(client).post("/arbejdsbord/", {"note": "tekst"})
        log_in(client)
        at = client.session[kept_form.KEY]["at"]
        monkeypatch.setattr(kept_form.time, "time", lambda: at + kept_form.SECONDS + 1)

        assert client.get("/konto/fortsaet/").url == "/arbejdsbord/"
        assert kept_form.KEY not in client.session

    def test_form_with_an_old_token_is_shown_again_to_one_logged_in(self, user) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(user)
        own = strict.post("/arbejdsbord/", {"note": "tekst"}, headers={"origin": "http://testserver"})
        foreign = strict.post("/arbejdsbord/", {"note": "tekst"}, headers={"origin": "https://ond.example"})
        nowhere = strict.post("/arbejdsbord/", {"note": "tekst"})

        assert [response.status_code for response in (own, foreign, nowhere)] == [403] * 3
        assert "Det, du skrev, er her endnu" in own.content.decode()
        for response in (foreign, nowhere):
            assert "tekst</textarea>" not in response.content.decode()

    def test_session_is_not_made_for_one_who_only_reads(self, client) -> None:
        client.get("/arbejdsbord/")
        client.post("/forsoeg/", {"q": "x"})

        assert "sessionid" not in client.cookies
