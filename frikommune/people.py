"""What the owners of accounts are called."""


def name_of(user) -> str:
    """What a user is called by colleagues: in the workspace and in letters (`ACCOUNT_USER_DISPLAY`)."""
    return user.get_full_name() or user.get_username()
