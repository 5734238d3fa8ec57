"""The addresses of the moderators, and of what is kept how long."""

from django.urls import path

from stories.views import care, keeping, moderation

LIST = "p/<slug:slug>/verhalen/beoordelen/"
STORY = "p/<slug:slug>/verhalen/<int:pk>/"

urlpatterns = [
    path(LIST, moderation.moderation, name="moderation"),
    path(f"{LIST}volgende/", moderation.story_next, name="story_next"),
    path(f"{LIST}samen/", moderation.stories_judge, name="stories_judge"),
    path("p/<slug:slug>/verhalen/zorgsignalen/", care.care_signals, name="care_signals"),
    path("p/<slug:slug>/verhalen/bewaren/", keeping.story_keeping, name="story_keeping"),
    path(f"{STORY}beoordelen/", moderation.story_judge, name="story_judge"),
    path(f"{STORY}loslaten/", moderation.story_release, name="story_release"),
    path(f"{STORY}logboek/", moderation.story_history, name="story_history"),
    path(f"{STORY}publiceren/", moderation.story_publish, name="story_publish"),
    path(f"{STORY}aanhouden/", moderation.story_hold, name="story_hold"),
    path(f"{STORY}afwijzen/", moderation.story_reject, name="story_reject"),
    path(f"{STORY}terugleggen/", moderation.story_requeue, name="story_requeue"),
    path(f"{STORY}weglaten/", moderation.story_mask, name="story_mask"),
    path(f"{STORY}terugzetten/", moderation.story_restore, name="story_restore"),
    path(f"{STORY}gevoelig/", moderation.story_sensitive, name="story_sensitive"),
    path(f"{STORY}niet-gevoelig/", moderation.story_not_sensitive, name="story_not_sensitive"),
    path(f"{STORY}gezichten/", moderation.story_faces, name="story_faces"),
    path(f"{STORY}zorgsignaal/", care.story_care, name="story_care"),
    path(f"{STORY}zorgsignaal/sluiten/", care.care_close, name="care_close"),
    path(f"{STORY}zorgsignaal/terug/", care.care_return, name="care_return"),
]
