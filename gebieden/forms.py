from django import forms
from django.utils.translation import gettext_lazy as _

from gebieden.vintages import KWB_TABLES


class LoadForm(forms.Form):
    vintage = forms.TypedChoiceField(
        label=_("Welk jaar?"),
        choices=[("", _("het nieuwste jaar dat het CBS heeft")), *((year, str(year)) for year in KWB_TABLES)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    polygons = forms.BooleanField(
        label=_("Ook de kaarten laden"),
        required=False,
        initial=True,
        help_text=_("De kaarten komen van PDOK. Het laden duurt dan een paar minuten langer."),
    )
