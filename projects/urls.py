from django.urls import URLPattern, URLResolver, include, path

from projects.views import bouwstenen, invitations, kernteam, partijen, projects, urgentie

kernteam_pages = [
    path("", kernteam.kernteam, name="kernteam"),
    path("uitnodigen/", kernteam.invite, name="invite"),
    path("uitnodigingen/<int:pk>/intrekken/", kernteam.invitation_withdraw, name="invitation_withdraw"),
    path("uitnodigingen/<int:pk>/opnieuw/", kernteam.invitation_resend, name="invitation_resend"),
    path("<int:pk>/", kernteam.member, name="member"),
    path("<int:pk>/weg/", kernteam.member_remove, name="member_remove"),
]

urgentie_pages = [
    path("", urgentie.urgentie, name="urgentie"),
    path("tijd-rijp/", urgentie.ripeness, name="ripeness"),
    path("nieuw/", urgentie.urgency_add, name="urgency_add"),
    path("<int:pk>/", urgentie.urgency_edit, name="urgency_edit"),
    path("<int:pk>/weg/", urgentie.urgency_delete, name="urgency_delete"),
]

partijen_pages = [
    path("", partijen.partijen, name="partijen"),
    path("nieuw/", partijen.party_add, name="party_add"),
    path("<int:pk>/", partijen.party_edit, name="party_edit"),
    path("<int:pk>/weg/", partijen.party_delete, name="party_delete"),
]

project_pages: list[URLPattern | URLResolver] = [
    path("instellingen/", projects.project_edit, name="project_edit"),
    path("staat/", projects.project_state, name="project_state"),
    path("bouwsteen/<slug:bouwsteen>/", bouwstenen.bouwsteen_status, name="bouwsteen_status"),
    path("kernteam/", include(kernteam_pages)),
    path("urgentie/", include(urgentie_pages)),
    path("partijen/", include(partijen_pages)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("projecten/nieuw/", projects.project_create, name="project_create"),
    path("uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("p/<slug:slug>/", include(project_pages)),
]
