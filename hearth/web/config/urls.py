"""Every address of the service, by app."""

from __future__ import annotations

from django.urls import include, path

from hearth.web.config.health import health_check

urlpatterns = [
    path("health", health_check, name="health_check"),
    path("", include("hearth.web.access.urls")),
    path("", include("hearth.web.children.urls")),
    path("", include("hearth.web.design.urls")),
    path("", include("hearth.web.intake.urls")),
    path("", include("hearth.web.education.urls")),
    path("", include("hearth.web.health.urls")),
    path("", include("hearth.web.leaving_care.urls")),
    path("", include("hearth.web.safety.urls")),
    path("", include("hearth.web.work.urls")),
    path("", include("hearth.web.carers.urls")),
    path("", include("hearth.web.figures.urls")),
]

handler400 = "hearth.web.design.errors.bad_request"
handler403 = "hearth.web.design.errors.not_allowed"
handler404 = "hearth.web.design.errors.not_found"
handler500 = "hearth.web.design.errors.server_error"
handler429 = "hearth.web.design.errors.too_many"
