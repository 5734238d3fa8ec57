"""Addresses of what the kernteam says about the figures."""

from django.urls import path

from buurtscan.views import duiding, presentation_mode, questions, talking

SCAN = "p/<slug:slug>/buurtscan/"

talking_patterns = [
    path(f"{SCAN}vragen/nieuw/", questions.scan_question_add, name="scan_question_add"),
    path(f"{SCAN}vragen/<int:pk>/", questions.scan_question_edit, name="scan_question_edit"),
    path(f"{SCAN}vragen/<int:pk>/antwoord/", questions.scan_question_answer, name="scan_question_answer"),
    path(f"{SCAN}vragen/<int:pk>/verplaatsen/", questions.scan_question_move, name="scan_question_move"),
    path(f"{SCAN}vragen/<int:pk>/weghalen/", questions.scan_question_delete, name="scan_question_delete"),
    path(f"{SCAN}cijfer/<slug:indicator>/", talking.scan_mark, name="scan_mark"),
    path(f"{SCAN}cijfer/<slug:indicator>/merk-weg/", talking.scan_mark_remove, name="scan_mark_remove"),
    path(f"{SCAN}cijfer/<slug:indicator>/presentatie/", talking.scan_figure_hide, name="scan_figure_hide"),
    path(f"{SCAN}presentatie/", presentation_mode.scan_presentation, name="scan_presentation"),
    path(f"{SCAN}notitie/", presentation_mode.scan_note_add, name="scan_note_add"),
    path(f"{SCAN}notitie/terug/", duiding.scan_note_restore, name="scan_note_restore"),
    path(f"{SCAN}notitie/<int:pk>/weghalen/", duiding.scan_note_remove, name="scan_note_remove"),
    path(f"{SCAN}<slug:chapter>/duiding/", duiding.scan_duiding, name="scan_duiding"),
    path(f"{SCAN}<slug:chapter>/duiding/eerder/", duiding.scan_duiding_history, name="scan_duiding_history"),
    path(
        f"{SCAN}<slug:chapter>/duiding/terugzetten/",
        duiding.scan_duiding_restore,
        name="scan_duiding_restore",
    ),
    path(f"{SCAN}<slug:chapter>/notities/", duiding.scan_notes, name="scan_notes"),
]
