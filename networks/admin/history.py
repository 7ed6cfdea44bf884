"""History in the admin: who changed what when, and the way back to an earlier version."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper, ObjDiffDisplay

from frikommune.keys import read_key
from networks.collision import hold

EMPTY = "–"


class HistoryAdmin(SimpleHistoryAdmin):
    """Versions with their differences, and a revert that restores what the page lets one edit.

    All else (the status, imported digests, search columns) stays as it is now. A record deleted since is
    made again as it was.
    """

    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_form.html"

    def history_view(self, request, object_id, extra_context=None):
        _require_number(object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        _require_number(object_id)
        _require_number(version_id)
        version = get_object_or_404(self.model.history, id=object_id, history_id=version_id)
        if request.method == "POST" and not self.has_change_permission(request, version.instance):
            raise PermissionDenied
        refusal = self._refuse_restoring(request, version)
        if refusal:
            self.message_user(request, refusal, messages.ERROR)
            opts = self.model._meta
            return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[object_id]))
        request.version = version
        with transaction.atomic():
            hold(self.model, object_id)
            return super().history_form_view(request, object_id, version_id, extra_context)

    def render_history_view(self, request, template, context, **kwargs):
        # The package hands the historical model to the form, whose name is English and has no address.
        return super().render_history_view(request, template, context | {"opts": self.model._meta}, **kwargs)

    def get_historical_record_context_helper(self, request, historical_record):
        return DanishDifference(self.model, historical_record, max_displayed_delta_change_chars=300)

    def save_model(self, request, obj, form, change):
        version = getattr(request, "version", None)
        if version:
            _keep_current(obj, except_for=form.fields)
            obj._change_reason = _revert_message(version)
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        version = getattr(request, "version", None)
        if version:
            return _revert_message(version)
        return super().construct_change_message(request, form, formsets, add)

    def _refuse_restoring(self, request, version) -> str:
        """Why a record that is deleted cannot be made again as in `version`; empty when it can, or is not deleted."""
        if self.model._base_manager.filter(pk=version.id).exists():
            return ""
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            version.instance.full_clean()
        except ValidationError as error:
            return f"{version.instance_type._meta.verbose_name.capitalize()} kan ikke genskabes: " + " ".join(
                error.messages
            )
        return ""


class DanishDifference(HistoricalRecordContextHelper):
    """The old and the new value of a field as a reader knows them: the names of choices, Danish dates."""

    def prepare_delta_change_value(self, change, value):
        field = self.model._meta.get_field(change.field)
        if value is None or value == "":
            return EMPTY
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.BooleanField):
            return "ja" if value else "nej"
        if isinstance(value, date):
            return date_format(value, "j. F Y")
        return value

    def get_obj_diff_display(self):
        return DanishShortening(max_length=self.max_displayed_delta_change_chars)


class DanishShortening(ObjDiffDisplay):
    def shortened_str(self, prefix, num_skipped_chars, suffix):
        return f"{prefix}[{num_skipped_chars} tegn]{suffix}"


def _require_number(text: str) -> None:
    if read_key(text) is None:
        raise Http404


def _keep_current(record: models.Model, except_for) -> None:
    current = type(record)._base_manager.filter(pk=record.pk).first()
    if current is None:
        record._state.adding = True
        return
    for field in record._meta.concrete_fields:
        if field.name not in except_for:
            setattr(record, field.attname, getattr(current, field.attname))


def _revert_message(version) -> str:
    written = timezone.localtime(version.history_date)
    return f"Tilbageført til version fra {date_format(written, 'j. F Y')} kl. {date_format(written, 'H.i')}"
