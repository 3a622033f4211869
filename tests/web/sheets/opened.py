"""A form as a browser without JavaScript has it: opened, filled in by the names on the page, sent by a button."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

SKIPPED = {"submit", "file", "button"}


class Fields(HTMLParser):
    """Collects what each form of a page would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.named: list[set[str]] = []
        self.buttons: list[list[str]] = []
        self.area = self.select = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append({})
            self.named.append(set())
            self.buttons.append([])
        elif self.forms and given.get("name"):
            self.named[-1].add(given["name"])
        if tag == "input" and given.get("name") and given.get("type") not in SKIPPED:
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.forms[-1].setdefault(given["name"], []).append(given.get("value") or "")
        elif tag == "button" and given.get("name") == "_do":
            self.buttons[-1].append(given.get("value") or "")
        elif tag == "textarea":
            self.area = given["name"]
            self.forms[-1][self.area] = [""]
        elif tag == "select":
            self.select = given["name"]
            self.forms[-1].setdefault(self.select, [])
        elif tag == "option" and self.select and "selected" in given:
            self.forms[-1][self.select].append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.forms[-1][self.area] = [self.forms[-1][self.area][0].strip()]
            self.area = None
        elif tag == "select":
            self.select = None


class Opened:
    """A page with a form, opened at an address; or as answered to what was sent."""

    def __init__(self, client: Any, path: str, answer: Any = None) -> None:
        self.client, self.path = client, path
        self.answer = answer if answer is not None else client.get(path)
        self.html = self.answer.content.decode()
        found = Fields(self.html)
        number = next((n for n, names in enumerate(found.named) if {"_sheet", "_saves"} <= names), None)
        if number is None:
            number = next((n for n, buttons in enumerate(found.buttons) if "merge" in buttons), None)
        self.values = {} if number is None else found.forms[number]
        self.names = set() if number is None else found.named[number]

    def fill(self, **answers: Any) -> Opened:
        """Answers questions; a day into its three boxes, yes and no by their values. Fails where none is asked so."""
        for name, value in answers.items():
            self._put(name.replace("__", "-"), value)
        return self

    def _put(self, name: str, value: Any) -> None:
        if isinstance(value, date):
            for part in ("day", "month", "year"):
                self._put(f"{name}_{part}", str(getattr(value, part)))
            return
        assert name in self.names, f"the page does not ask {name}; it asks {sorted(self.names)}"
        said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        self.values[name] = [str(v) for v in said] if isinstance(said, list) else [str(said)]

    def send(self, button: str = "record", **headers: Any) -> Opened:
        """Sends the form by a button, without following where it leads."""
        path = self.path.split("?")[0]
        files = {"papers": self.papers} if getattr(self, "papers", None) else {}
        answer = self.client.post(path, {**self.values, "_do": button, **files}, **headers)
        return Opened(self.client, path, answer)

    @property
    def errors(self) -> list[str]:
        """The sentences of the summary of errors."""
        if "govuk-error-summary__list" not in self.html:
            return []
        part = self.html.split("govuk-error-summary__list", 1)[1].split("</ul>", 1)[0]
        return [text.strip() for text in Text(part).texts if text.strip()]

    @property
    def is_done(self) -> bool:
        """Whether the page answered by leading on."""
        return bool(self.answer.status_code == 302)


class Text(HTMLParser):
    """The pieces of text of a part of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed("<x" + html)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
