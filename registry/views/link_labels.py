"""The words of the interface for proposed links."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

LABELS: Mapping[str, Mapping[str, object]] = {
    "linked_kinds": {
        "objectType": _("Object type"),
        "attribute": _("Attribute"),
        "role": _("Role"),
        "codeList": _("Code list"),
        "code": _("Code"),
        "parameter": _("Parameter"),
        "dataset": _("Dataset"),
    },
    "link_states": {
        "": _("Proposals"),
        "accepted": _("Accepted"),
        "refused": _("Refused"),
        "coverage": _("Coverage"),
    },
    "meetings": {
        "same": _("same name"),
        "joined": _("same name, joined"),
        "withHolder": _("name with what it is a part of"),
        "part": _("last part of the name"),
    },
}
