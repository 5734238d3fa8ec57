from django.urls import include, path

from buurtagenda import views

urlpatterns = [
    path("", views.front, name="front"),
    path("projecten/", views.project_list, name="projects"),
    path("p/<slug:slug>/", views.project_home, name="project"),
    path("buurt/<slug:slug>/", views.public_page, name="public_project"),
    path("account/", include("allauth.account.urls")),
    path("", include("gebieden.urls")),
    path("", include("projects.urls")),
    path("", include("buurtscan.urls")),
    path("", include("stories.urls")),
    path("", include("agenda.urls")),
    path("", include("wijkwerksessie.urls")),
]
