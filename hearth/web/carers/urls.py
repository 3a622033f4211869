"""Addresses of carers, homes and the council."""

from __future__ import annotations

from django.urls import path

from hearth.web.carers import reading, views
from hearth.web.carers.forms import KINDS
from hearth.web.children.sheets import addresses
from hearth.web.work.elsewhere import CONCERNS_PAGE

ROW = "<slug:section>/<int:row_pk>"

urlpatterns = [
    *addresses.of(KINDS),
    *(
        path(f"{reading.ABOUT[page].start}{part}paper/<int:paper_pk>", views.paper, {"page": page}, name=name)
        for name, page in reading.PAPERS.items()
        for part in ("concerns/" if page == CONCERNS_PAGE else "",)
    ),
    path("carers-and-homes", views.carers_and_homes, name=views.LIST),
    path("carers-and-homes.<str:form>", views.carers_and_homes_export, name=views.EXPORT),
    path("my-carers", views.my_carers, name=views.MINE),
    path("my-carers.<str:form>", views.my_carers_export, name=views.MINE_EXPORT),
    path("carer/<int:carer_pk>", views.carer, name="carer"),
    path("carer/<int:carer_pk>/concerns", views.carer_concerns, name="carer_concerns"),
    path(f"carer/<int:carer_pk>/concerns/{ROW}", views.concern_versions, name="carer_concerns"),
    path(f"carer/<int:carer_pk>/{ROW}", views.carer_versions, name="carer"),
    path("childrens-home/<int:home_pk>", views.childrens_home, name="childrens_home"),
    path(f"childrens-home/<int:home_pk>/{ROW}", views.home_versions, name="childrens_home"),
    path("corporate-parent", views.corporate_parent, name="corporate_parent"),
    path(f"corporate-parent/{ROW}", views.council_versions, name="corporate_parent"),
]
