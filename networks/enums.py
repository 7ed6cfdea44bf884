"""Vocabularies of the networks. Imports nothing of ours."""

from django.db import models


class Standing(models.TextChoices):
    """How a municipality takes part in a network (Bilagstabel 1.1; chapter 5 of VIVE's note)."""

    ACTIVE = "active", "Aktivt medlem"
    PASSIVE = "passive", "Passivt medlem"
    FORMER = "former", "Tidligere medlem"
