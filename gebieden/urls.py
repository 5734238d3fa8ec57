from django.urls import path

from gebieden import views

urlpatterns = [
    path("gebieden/", views.area_loads, name="area_loads"),
    path("gebieden/zoek/", views.area_search, name="area_search"),
]
