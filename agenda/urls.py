from django.urls import URLPattern, URLResolver, include, path

from agenda.views import agendapunten, beleid, documents, inzichten, teller

tellen_vertellen_pages = [
    path("", inzichten.tellen_vertellen, name="tellen_vertellen"),
    path("inzicht/nieuw/", inzichten.inzicht_add, name="inzicht_add"),
    path("inzicht/<int:pk>/", inzichten.inzicht_edit, name="inzicht_edit"),
    path("inzicht/<int:pk>/weg/", inzichten.inzicht_delete, name="inzicht_delete"),
]

beleid_pages = [
    path("", beleid.beleid, name="beleid"),
    path("lijn/nieuw/", beleid.policy_line_add, name="policy_line_add"),
    path("lijn/<int:pk>/", beleid.policy_line_edit, name="policy_line_edit"),
    path("lijn/<int:pk>/weg/", beleid.policy_line_delete, name="policy_line_delete"),
    path("idee/nieuw/", beleid.idea_add, name="idea_add"),
    path("idee/<int:pk>/", beleid.idea_edit, name="idea_edit"),
    path("idee/<int:pk>/weg/", beleid.idea_delete, name="idea_delete"),
]

agenda_pages = [
    path("", agendapunten.agenda, name="agenda"),
    path("punt/nieuw/", agendapunten.agendapunt_add, name="agendapunt_add"),
    path("punt/<int:pk>/", agendapunten.agendapunt_edit, name="agendapunt_edit"),
    path("punt/<int:pk>/weg/", agendapunten.agendapunt_delete, name="agendapunt_delete"),
    path("punt/<int:pk>/staat/", agendapunten.agendapunt_state, name="agendapunt_state"),
    path("punt/<int:pk>/verplaatsen/", agendapunten.agendapunt_move, name="agendapunt_move"),
    path("afdrukken/", documents.agenda_print, name="agenda_print"),
    path("gegevens.json", documents.agenda_data, name="agenda_data"),
    path("document/", documents.agenda_document_add, name="agenda_document_add"),
    path("document/<int:pk>/", documents.agenda_document, name="agenda_document"),
    path("document/<int:pk>/voortgang/", documents.agenda_document_progress, name="agenda_document_progress"),
]

project_pages: list[URLPattern | URLResolver] = [
    path("tellen-vertellen/", include(tellen_vertellen_pages)),
    path("beleid/", include(beleid_pages)),
    path("agenda/", include(agenda_pages)),
]

urlpatterns = [
    path("p/<slug:slug>/", include(project_pages)),
    path("buurt/<slug:slug>/mijn-verhaal/", teller.story_followed, name="story_followed"),
]
