"""Records that are only read in the admin, by superusers too."""

from networks.admin.permission import RecordPermissions


class ReadOnlyAdmin(RecordPermissions):
    """Nothing is added, changed or deleted, one by one or in bulk."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
