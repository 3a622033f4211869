"""Addresses put together once a page are those that Django gives, also in templates."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, path, reverse, set_script_prefix

from hearth.web.access.policy import pages
from hearth.web.design.addresses import address, addresses
from tests.web.access.test_policy import PATTERNS

PLAIN = sorted({p.name for p in PATTERNS if not p.pattern.converters})
ABOUT_ONE = sorted({p.name for p in PATTERNS if set(p.pattern.converters) == {"child_pk"}})
urlpatterns = [path("elsewhere/<int:child_pk>", lambda request: None, name="child")]


def test_every_page_of_the_policy_without_a_row_has_djangos_own_address():
    assert {name: address(name) for name in PLAIN} == {name: reverse(name) for name in PLAIN}
    assert set(PLAIN) <= set(pages())


@pytest.mark.parametrize("number", [1, 73, 918273645])
def test_every_page_about_a_child_has_djangos_own_address(number):
    assert ABOUT_ONE
    assert {name: address(name, number) for name in ABOUT_ONE} == {n: reverse(n, args=[number]) for n in ABOUT_ONE}


def test_an_address_that_there_is_not_is_refused_as_django_does():
    with pytest.raises(NoReverseMatch):
        address("no_such_page", 1)
    with pytest.raises(NoReverseMatch):
        address("child")


def test_an_address_follows_where_the_service_stands_and_which_addresses_it_has():
    assert address("child", 5) == "/child/5"
    with override_settings(ROOT_URLCONF=__name__):
        assert address("child", 5) == "/elsewhere/5"
    set_script_prefix("/hearth/")
    try:
        assert address("child", 5) == "/hearth/child/5"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{% url 'account' %}", "/account"),
        ("{% url 'child' 12 %}", "/child/12"),
        ("{% url page one %}", "/child/7/journey"),
        ("{% url 'child' child_pk=12 %}", "/child/12"),
        ("{% url 'my_work_export' 'csv' %}", "/my-work.csv"),
        ("{% url 'child' one as there %}[{{ there }}]", "[/child/7]"),
        ("{% url 'no_such_page' one as there %}[{{ there }}]", "[]"),
    ],
)
def test_templates_say_addresses_as_they_do_everywhere(written, said):
    assert Template(written).render(Context({"page": "child_journey", "one": 7})) == said


def test_addresses_of_a_list_are_those_that_each_has_alone():
    to = addresses()
    asked = [("child", 5), ("child_journey", 7), ("child", 9)]
    assert [to(page, number) for page, number in asked] == [address(page, number) for page, number in asked]
    with pytest.raises(NoReverseMatch):
        to("no_such_page", 1)
