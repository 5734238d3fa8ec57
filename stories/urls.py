from django.urls import path

from stories import urls_coding, urls_hearing, urls_judging
from stories.models import Buurtwandeling, Verhalenavond
from stories.views import (
    badges,
    collecting,
    files,
    gatherings,
    kernteam,
    places,
    presenting,
    public,
    spoken,
    spots,
    support,
    translating,
    walks,
    withdraw,
)

TELL = "buurt/<slug:slug>/vertel/<str:taal>/"
EVENING = "p/<slug:slug>/verhalen/avonden/<int:pk>/"
WALK = "p/<slug:slug>/verhalen/wandelingen/<int:pk>/"
AVOND = {"model": Verhalenavond}
WANDELING = {"model": Buurtwandeling}

urlpatterns = [
    path("buurt/<slug:slug>/vertel/", public.story_form, name="story_form"),
    path("buurt/<slug:slug>/vertel/kaart/", spots.story_ground, name="story_ground"),
    path("buurt/<slug:slug>/vertel/<str:taal>/", public.story_tell, name="story_tell"),
    path(f"{TELL}gesproken/", spoken.story_door, {"way": "gesproken"}, name="story_spoken"),
    path(f"{TELL}foto/", spoken.story_door, {"way": "foto"}, name="story_with_photo"),
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
    path("p/<slug:slug>/verhalen/fotos/", kernteam.story_pictures, name="story_pictures"),
    path("p/<slug:slug>/verhalen/presentatie/", presenting.story_presentation, name="story_presentation"),
    path("p/<slug:slug>/verhalen/kaart/", kernteam.story_map_page, name="story_map"),
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
    path("p/<slug:slug>/verhalen/plekken/", places.story_places, name="story_places"),
    path("p/<slug:slug>/verhalen/over/<slug:chapter>/", badges.story_badge, name="story_badge"),
    path("p/<slug:slug>/verhalen/plekken/kaart/", spots.spots, name="spots"),
    path("p/<slug:slug>/verhalen/plekken/kaart/nieuw/", spots.spot_add, name="spot_add"),
    path("p/<slug:slug>/verhalen/plekken/kaart/<int:pk>/", spots.spot_edit, name="spot_edit"),
    path("p/<slug:slug>/verhalen/plekken/kaart/<int:pk>/weg/", spots.spot_delete, name="spot_delete"),
    path("p/<slug:slug>/verhalen/verzamelaars/", support.collectors, name="collectors"),
    path(
        "p/<slug:slug>/verhalen/verzamelaars/<int:pk>/", support.collector_support, name="collector_support"
    ),
    path("p/<slug:slug>/verhalen/<int:pk>/vertalen/", translating.story_translate, name="story_translate"),
    path("p/<slug:slug>/verhalen/uittypen/", spoken.spoken_stories, name="spoken_stories"),
    path("p/<slug:slug>/verhalen/uittypen/<int:pk>/", spoken.spoken_story, name="spoken_story"),
    path("p/<slug:slug>/verhalen/uittypen/<int:pk>/geluid/", spoken.story_sound, name="story_sound"),
    path("p/<slug:slug>/verhalen/avonden/", gatherings.gatherings, AVOND, name="evenings"),
    path("p/<slug:slug>/verhalen/avonden/nieuw/", gatherings.gathering_add, AVOND, name="evening_add"),
    path(EVENING, gatherings.evening, name="evening"),
    path(f"{EVENING}veranderen/", gatherings.gathering_edit, AVOND, name="evening_edit"),
    path(f"{EVENING}weg/", gatherings.gathering_delete, AVOND, name="evening_delete"),
    path(f"{EVENING}taak/<int:task_pk>/", gatherings.evening_task, name="evening_task"),
    path("p/<slug:slug>/verhalen/wandelingen/", gatherings.gatherings, WANDELING, name="walks"),
    path("p/<slug:slug>/verhalen/wandelingen/nieuw/", gatherings.gathering_add, WANDELING, name="walk_add"),
    path(WALK, walks.walk, name="walk"),
    path(f"{WALK}onderweg/", walks.walk_go, name="walk_go"),
    path(f"{WALK}onderweg/werker.js", walks.walk_worker, name="walk_worker"),
    path(f"{WALK}veranderen/", gatherings.gathering_edit, WANDELING, name="walk_edit"),
    path(f"{WALK}weg/", gatherings.gathering_delete, WANDELING, name="walk_delete"),
    *urls_judging.urlpatterns,
    *urls_coding.urlpatterns,
    *urls_hearing.urlpatterns,
]
