"""The words of the interface for proposed links, and for contradictions in models."""

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
    "contradictions": {
        "circularSpecialization": _("Specialises itself"),
        "circularComposition": _("Must contain itself"),
        "impossibleMultiplicity": _("Multiplicities that no value meets"),
        "disjointParents": _("Below classes that have nothing in common"),
        "unsatisfiable": _("Nothing can be in the class"),
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
