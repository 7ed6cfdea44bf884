"""Who may do what. Views, admin, API and exports ask here."""


def sees_drafts(user) -> bool:
    """Whether `user` sees records that are not published: those who work in the registry."""
    return user is not None and user.is_active and user.is_staff
