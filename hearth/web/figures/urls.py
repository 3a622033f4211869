"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from hearth.web.figures import views

urlpatterns = [
    path("board", views.board, name="board"),
    path("figures", views.figures, name="figures"),
    path("figures.<str:form>", views.figures_export, name="figures_export"),
    path("figures/scorecard", views.public_scorecard, name="public_scorecard"),
    path("figures/<slug:measure_id>", views.measure, name="measure"),
    path("figures/<slug:measure_id>.<str:form>", views.measure_export, name="measure_export"),
]
