"""The eight chapters (hoofdstukken) of the buurtscan, in the order of the method."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.TextChoices):
    ALGEMEEN = "algemeen", _("Algemene gegevens")
    WONEN = "wonen", _("Wonen")
    WERK = "werk", _("Werk en participatie")
    ONDERWIJS = "onderwijs", _("Onderwijs en opvoeding")
    VEILIGHEID = "veiligheid", _("Veiligheid en criminaliteit")
    GEZONDHEID = "gezondheid", _("Gezondheid")
    SAMENLEVEN = "samenleven", _("Samenleven en integratie")
    LEEFOMGEVING = "leefomgeving", _("Leefomgeving en openbare ruimte")
