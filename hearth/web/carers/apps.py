"""The app ``carers``."""

from __future__ import annotations

from django.apps import AppConfig


class CarersConfig(AppConfig):
    """Foster carers, children's homes and the authority."""

    name = "hearth.web.carers"
    label = "carers"
    verbose_name = "Carers and homes"

    def ready(self) -> None:
        """The banner after a record says what comes next for a household or home too."""
        from hearth.web.carers.next_due import next_due
        from hearth.web.children.sheets.following import say_next

        say_next(next_due)
