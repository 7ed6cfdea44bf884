"""Vocabularies of the networks. Imports nothing of ours."""

from django.db import models


class Standing(models.TextChoices):
    """How a municipality takes part in a network (Bilagstabel 1.1; chapter 5 of VIVE's note)."""

    ACTIVE = "active", "Aktivt medlem"
    PASSIVE = "passive", "Passivt medlem"
    FORMER = "former", "Tidligere medlem"


class TextKind(models.TextChoices):
    """What a text about a network tells."""

    PURPOSE = "purpose", "Formål"
    STATUS = "status", "Status"
    SPECIAL = "special", "Særlige forhold"
    CORE_ELEMENT = "core_element", "Kerneelement"
    DATA_SOURCE = "data_source", "Datakilde"
    FORMER_MEMBER = "former_member", "Tidligere medlem"
    INACTIVE_REASON = "inactive_reason", "Hvorfor netværket ikke er aktivt"


class TargetGroup(models.TextChoices):
    """Whom a municipality focuses on within its network."""

    ADULTS = "adults", "Voksne"
    FAMILIES = "families", "Familier"
    YOUNG_PEOPLE = "young_people", "Unge"


class GuidanceLevel(models.TextChoices):
    """How binding a piece of guidance is."""

    REQUIRED = "required", "Krav"
    EXPECTED = "expected", "Forventning"
    RECOMMENDED = "recommended", "Anbefaling"


class OfficeKind(models.TextChoices):
    """A role over all networks."""

    MINISTRY = "ministry", "Ministerium"
    READER = "reader", "Læser"


class Channel(models.TextChoices):
    """Through what a change was made."""

    PAGE = "page", "arbejdsbordet"
    ADMIN = "admin", "administrationen"
    UPLOAD = "upload", "et indlæst regneark"
    LINK = "link", "et tilsendt link"
    COMMAND = "command", "en kommando"
