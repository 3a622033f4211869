"""``{% url %}`` as Django has it, but quick for the addresses that pages are full of."""

from __future__ import annotations

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed

from hearth.web.design.addresses import address

register = template.Library()


class Url(URLNode):
    """An address: of a page, or of a page about one row."""

    def render(self, context: Context) -> str:
        """The address; anything but a page and a whole number is left to Django."""
        if self.asvar or self.kwargs or len(self.args) > 1:
            return super().render(context)
        number = self.args[0].resolve(context) if self.args else None
        if self.args and type(number) is not int:
            return super().render(context)
        return address(self.view_name.resolve(context), number)


@register.tag
def url(parser: Parser, token: Token) -> Url:
    """``{% url 'child' child.pk %}``."""
    node = parsed(parser, token)
    return Url(node.view_name, node.args, node.kwargs, node.asvar)
