"""Letters by e-mail: plain text, no pictures, nothing that tells whether they were read."""

from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from trials.known import one_line


def letter(template: str, to: str, reply_to: str = "", **context: Any) -> EmailMessage:
    """The letter in `workspace/letters/<template>.txt`, whose first line is its subject."""
    subject, _, body = render_to_string(f"workspace/letters/{template}.txt", context).strip().partition("\n")
    replies = [reply_to] if reply_to else None
    return EmailMessage(one_line(subject), f"{body.strip()}\n", to=[to], reply_to=replies)


def described(message: EmailMessage) -> str:
    """A letter as it would be sent, to be read by whoever tries it out."""
    return f"Til: {', '.join(message.to)}\nEmne: {message.subject}\n\n{message.body}"
