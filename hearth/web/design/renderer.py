"""Renders every form as GOV.UK components: one template for a form, one for a field with its label, hint and error."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """The form renderer that the settings name."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
