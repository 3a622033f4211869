"""The address of the living page of components."""

from __future__ import annotations

from django.urls import path

from hearth.web.design import views

urlpatterns = [path("design", views.design, name="design")]
