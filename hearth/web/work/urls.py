"""Addresses of a day's work."""

from __future__ import annotations

from django.urls import path

from hearth.web.work import views

urlpatterns = [path("", views.home, name="home")]
