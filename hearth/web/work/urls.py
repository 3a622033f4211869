"""Addresses of a day's work."""

from __future__ import annotations

from django.urls import path

from hearth.web.work import views

urlpatterns = [
    path("", views.home, name="home"),
    path("my-work", views.my_work, name="my_work"),
    path("my-work.<str:form>", views.my_work_export, name="my_work_export"),
]
