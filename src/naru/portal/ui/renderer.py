"""How Django forms look: `{{ form }}` renders with the KRDS field, an error summary first.

Set `FORM_RENDERER = "naru.portal.ui.renderer.KrdsRenderer"`.
"""

from django.forms.renderers import TemplatesSetting


class KrdsRenderer(TemplatesSetting):
    """Built-in widgets, our own form, field and formset templates."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"
