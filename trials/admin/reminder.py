"""What users were reminded of, and who has a calendar of their own. The addresses of the calendars are not shown."""

from django.contrib import admin

from networks.admin.readonly import ReadOnlyAdmin
from trials.models import CalendarKey, Reminder


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("user", "key", "due_on", "sent_on")
    list_select_related = ("user",)
    search_fields = ("user__username", "key")


@admin.register(CalendarKey)
class CalendarKeyAdmin(ReadOnlyAdmin):
    list_display = ("user", "made_at")
    list_select_related = ("user",)
    search_fields = ("user__username",)
    fields = ("user", "made_at")
