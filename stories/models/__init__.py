from stories.models.coding import CodingStep, Quote, QuoteQuerySet, QuoteTheme, Theme, ThemeQuerySet
from stories.models.gathering import AvondTaak, Buurtwandeling, Place, PlaceQuerySet, Steun, Verhalenavond
from stories.models.guarding import CareSignal, MaskedOriginal
from stories.models.hearing import (
    Offer,
    OfferQuerySet,
    OutreachTask,
    OutreachTaskQuerySet,
    TellerAnswers,
    TellerCount,
    WaitingAnswers,
)
from stories.models.keeping import Appearance, RetentionRun, StoryFile, StoryFileQuerySet, Withdrawal
from stories.models.media import StoryAudio, StoryPhoto
from stories.models.telling import Language, Story, StoryQuerySet

__all__ = [
    "Appearance",
    "AvondTaak",
    "Buurtwandeling",
    "CareSignal",
    "CodingStep",
    "Language",
    "MaskedOriginal",
    "Offer",
    "OfferQuerySet",
    "OutreachTask",
    "OutreachTaskQuerySet",
    "Place",
    "PlaceQuerySet",
    "Quote",
    "QuoteQuerySet",
    "QuoteTheme",
    "RetentionRun",
    "Steun",
    "Story",
    "StoryAudio",
    "StoryFile",
    "StoryFileQuerySet",
    "StoryPhoto",
    "StoryQuerySet",
    "TellerAnswers",
    "TellerCount",
    "Theme",
    "ThemeQuerySet",
    "Verhalenavond",
    "WaitingAnswers",
    "Withdrawal",
]
