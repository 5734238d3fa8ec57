"""Citaten en thema's: /p/<slug>/verhalen/…"""

from django.urls import path

from stories.views import codebook, codebook_files, coding, themes

STORY = "p/<slug:slug>/verhalen/<int:pk>/"
THEMES = "p/<slug:slug>/verhalen/themas/"

urlpatterns = [
    path(STORY, coding.story_quotes, name="story_quotes"),
    path(f"{STORY}misschien/", coding.quote_suggestions, name="quote_suggestions"),
    path(f"{STORY}citaat/<int:quote_pk>/", coding.quote_edit, name="quote_edit"),
    path(f"{STORY}citaat/<int:quote_pk>/weg/", coding.quote_delete, name="quote_delete"),
    path(THEMES, themes.themes, name="themes"),
    path(f"{THEMES}nieuw/", themes.theme_add, name="theme_add"),
    path(f"{THEMES}samenvoegen/", codebook.theme_merge, name="theme_merge"),
    path(f"{THEMES}stappen/", codebook.coding_steps, name="coding_steps"),
    path(f"{THEMES}stappen/<int:pk>/terug/", codebook.coding_undo, name="coding_undo"),
    path(f"{THEMES}inlezen/", codebook_files.codebook_import, name="codebook_import"),
    path(f"{THEMES}codeboek.csv", codebook_files.codebook_csv, name="codebook_csv"),
    path(f"{THEMES}codeboek.qdc", codebook_files.codebook_qdc, name="codebook_qdc"),
    path(f"{THEMES}<int:pk>/", themes.theme, name="theme"),
    path(f"{THEMES}<int:pk>/veranderen/", themes.theme_edit, name="theme_edit"),
    path(f"{THEMES}<int:pk>/splitsen/", codebook.theme_split, name="theme_split"),
    path(f"{THEMES}<int:pk>/weg/", themes.theme_delete, name="theme_delete"),
]
