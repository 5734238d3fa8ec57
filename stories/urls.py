from django.urls import path

from stories.models import Buurtwandeling, Verhalenavond
from stories.views import (
    coding,
    collecting,
    files,
    gatherings,
    kernteam,
    moderation,
    places,
    public,
    spots,
    walks,
    withdraw,
)

STORY = "p/<slug:slug>/verhalen/<int:pk>/"
EVENING = "p/<slug:slug>/verhalen/avonden/<int:pk>/"
WALK = "p/<slug:slug>/verhalen/wandelingen/<int:pk>/"
AVOND = {"model": Verhalenavond}
WANDELING = {"model": Buurtwandeling}

urlpatterns = [
    path("buurt/<slug:slug>/vertel/", public.story_form, name="story_form"),
    path("buurt/<slug:slug>/vertel/kaart/", spots.story_ground, name="story_ground"),
    path("buurt/<slug:slug>/vertel/<str:taal>/", public.story_tell, name="story_tell"),
    path("buurt/<slug:slug>/vertel/<str:taal>/verstuurd/", public.story_thanks, name="story_thanks"),
    path("buurt/<slug:slug>/intrekken/", withdraw.story_withdraw, name="story_withdraw"),
    path("buurt/<slug:slug>/intrekken/zeker/", withdraw.story_withdraw_sure, name="story_withdraw_sure"),
    path("buurt/<slug:slug>/intrekken/klaar/", withdraw.story_withdrawn, name="story_withdrawn"),
    path("buurt/<slug:slug>/verhalen/<int:pk>/foto/", public.story_photo, name="story_photo"),
    path(
        "buurt/<slug:slug>/verhalen/<int:pk>/foto/klein/",
        public.story_photo,
        {"size": "klein"},
        name="story_thumbnail",
    ),
    path("p/<slug:slug>/verhalen/", kernteam.verhalen, name="verhalen"),
    path("p/<slug:slug>/verhalen/poster/", kernteam.story_poster, name="story_poster"),
    path(
        "p/<slug:slug>/verhalen/ingetrokken/<int:pk>/gezien/",
        withdraw.withdrawal_seen,
        name="withdrawal_seen",
    ),
    path("p/<slug:slug>/verhalen/bestanden/", files.story_files, name="story_files"),
    path("p/<slug:slug>/verhalen/bestanden/<int:pk>/", files.story_file, name="story_file"),
    path("p/<slug:slug>/verhalen/bestanden/<slug:word>/maken/", files.story_file_add, name="story_file_add"),
    path("p/<slug:slug>/verhalen/invoeren/", collecting.story_collect, name="story_collect"),
    path("p/<slug:slug>/verhalen/invoeren/klaar/", collecting.story_collected, name="story_collected"),
    path("p/<slug:slug>/verhalen/beoordelen/", moderation.moderation, name="moderation"),
    path("p/<slug:slug>/verhalen/plekken/", places.story_places, name="story_places"),
    path("p/<slug:slug>/verhalen/plekken/kaart/", spots.spots, name="spots"),
    path("p/<slug:slug>/verhalen/plekken/kaart/nieuw/", spots.spot_add, name="spot_add"),
    path("p/<slug:slug>/verhalen/plekken/kaart/<int:pk>/", spots.spot_edit, name="spot_edit"),
    path("p/<slug:slug>/verhalen/plekken/kaart/<int:pk>/weg/", spots.spot_delete, name="spot_delete"),
    path("p/<slug:slug>/verhalen/avonden/", gatherings.gatherings, AVOND, name="evenings"),
    path("p/<slug:slug>/verhalen/avonden/nieuw/", gatherings.gathering_add, AVOND, name="evening_add"),
    path(EVENING, gatherings.evening, name="evening"),
    path(f"{EVENING}veranderen/", gatherings.gathering_edit, AVOND, name="evening_edit"),
    path(f"{EVENING}weg/", gatherings.gathering_delete, AVOND, name="evening_delete"),
    path(f"{EVENING}taak/<int:task_pk>/", gatherings.evening_task, name="evening_task"),
    path("p/<slug:slug>/verhalen/wandelingen/", gatherings.gatherings, WANDELING, name="walks"),
    path("p/<slug:slug>/verhalen/wandelingen/nieuw/", gatherings.gathering_add, WANDELING, name="walk_add"),
    path(WALK, walks.walk, name="walk"),
    path(f"{WALK}veranderen/", gatherings.gathering_edit, WANDELING, name="walk_edit"),
    path(f"{WALK}weg/", gatherings.gathering_delete, WANDELING, name="walk_delete"),
    path(STORY, coding.story_quotes, name="story_quotes"),
    path(f"{STORY}citaat/<int:quote_pk>/weg/", coding.quote_delete, name="quote_delete"),
    path(f"{STORY}publiceren/", moderation.story_publish, name="story_publish"),
    path(f"{STORY}aanhouden/", moderation.story_hold, name="story_hold"),
    path(f"{STORY}afwijzen/", moderation.story_reject, name="story_reject"),
    path(f"{STORY}terugleggen/", moderation.story_requeue, name="story_requeue"),
    path(f"{STORY}weglaten/", moderation.story_mask, name="story_mask"),
]
