"""Addresses of loading and checking."""

from __future__ import annotations

from django.urls import path

from hearth.web.intake import views
from hearth.web.intake.checking import views as checking

urlpatterns = [
    path("loads", views.loads, name="loads"),
    path("loads/files", views.load_files, name="load_files"),
    path("loads/files/<int:upload_pk>", views.upload, name="upload"),
    path("loads/files/<int:upload_pk>/load", views.upload_load, name="upload_load"),
    path("loads/files/<int:upload_pk>/drop", views.upload_dropped, name="upload_dropped"),
    path("loads/<int:batch_pk>", views.load, name="load"),
    path("loads/<int:batch_pk>/undo", views.undo_load, name="undo_load"),
    path("loads/<int:batch_pk>/problems", views.load_problems, name="load_problems"),
    path("loads/<int:batch_pk>/problems/file", views.load_problems_file, name="load_problems_file"),
    path("checks/record", checking.record_checked, name="record_checked"),
    path("checks/<int:check_pk>", checking.check_made, name="check_made"),
    path("checks/<int:check_pk>/file", checking.check_made_file, name="check_made_file"),
]
