"""Addresses of what partners add: tables, pictures of maps, known policy."""

from django.urls import path

from buurtscan.views import deepening, pictures, policy, typed_tables

urlpatterns = [
    path("partners/", deepening.partner_tables, name="partner_tables"),
    path("partners/nieuw/", deepening.partner_table_add, name="partner_table_add"),
    path("partners/typen/", typed_tables.partner_table_type, name="partner_table_type"),
    path("partners/<int:pk>/", deepening.partner_table, name="partner_table"),
    path("partners/<int:pk>/typen/", typed_tables.partner_table_retype, name="partner_table_retype"),
    path("partners/<int:pk>/gegevens/", deepening.partner_table_edit, name="partner_table_edit"),
    path("partners/<int:pk>/indelen/", deepening.partner_table_map, name="partner_table_map"),
    path("partners/<int:pk>/voorbeeld/", deepening.partner_table_preview, name="partner_table_preview"),
    path("partners/<int:pk>/blad/", deepening.partner_table_sheet, name="partner_table_sheet"),
    path("partners/<int:pk>/plaatsen/", deepening.partner_table_publish, name="partner_table_publish"),
    path("partners/<int:pk>/terughalen/", deepening.partner_table_undo, name="partner_table_undo"),
    path("partners/<int:pk>/opnieuw/", deepening.partner_table_redo, name="partner_table_redo"),
    path("partners/<int:pk>/verbeteren/", deepening.partner_table_reopen, name="partner_table_reopen"),
    path("partners/<int:pk>/weg/", deepening.partner_table_delete, name="partner_table_delete"),
    path("kaartbeelden/", pictures.scan_pictures, name="scan_pictures"),
    path("kaartbeelden/nieuw/", pictures.scan_picture_add, name="scan_picture_add"),
    path("kaartbeelden/<int:pk>/", pictures.scan_picture, name="scan_picture"),
    path("kaartbeelden/<int:pk>/veranderen/", pictures.scan_picture_edit, name="scan_picture_edit"),
    path("kaartbeelden/<int:pk>/beeld/", pictures.scan_picture_file, name="scan_picture_file"),
    path(
        "kaartbeelden/<int:pk>/klein/",
        pictures.scan_picture_file,
        {"size": "klein"},
        name="scan_picture_small",
    ),
    path("kaartbeelden/<int:pk>/weg/", pictures.scan_picture_delete, name="scan_picture_delete"),
    path("wat-komt-eraan/", policy.policy_facts, name="policy_facts"),
    path("wat-komt-eraan/nieuw/", policy.policy_fact_add, name="policy_fact_add"),
    path("wat-komt-eraan/<int:pk>/", policy.policy_fact_edit, name="policy_fact_edit"),
    path("wat-komt-eraan/<int:pk>/weg/", policy.policy_fact_delete, name="policy_fact_delete"),
]
