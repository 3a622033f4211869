"""The app ``figures``."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Figures."""

    name = "hearth.web.figures"
    label = "figures"
    verbose_name = "Figures"

    def ready(self) -> None:
        """The figures are worked out with the rest of the day."""
        from hearth.web.figures import keeping
        from hearth.web.work import daily

        daily.each_day(keeping.keep)
