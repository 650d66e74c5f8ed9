"""The words of the interface for kinds of description, dimensions, grades and levels of quality."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

LABELS: Mapping[str, Mapping[str, object]] = {
    "measured_kinds": {
        "dataset": _("Datasets"),
        "concept": _("Concepts"),
        "informationModel": _("Information models"),
        "dataService": _("APIs"),
        "service": _("Services"),
        "event": _("Events"),
    },
    "dimensions": {
        "findability": _("Findability"),
        "accessibility": _("Accessibility of the data"),
        "interoperability": _("Interoperability"),
        "reusability": _("Reusability"),
        "contextuality": _("Context"),
    },
    "grades": {
        "excellent": _("Excellent"),
        "good": _("Good"),
        "sufficient": _("Sufficient"),
        "poor": _("Poor"),
    },
    "levels": {
        "conformant": _("Conformant"),
        "publishable": _("Publishable"),
        "acceptable": _("Acceptable"),
        "": _("Lacks something mandatory"),
    },
    "missed_levels": {
        "acceptable": _("needed to be acceptable"),
        "publishable": _("needed to be publishable"),
        "conformant": _("needed to be conformant"),
    },
    "profiles": {
        "dcat-ap-no": "DCAT-AP-NO",
        "skos-ap-no": "SKOS-AP-NO",
        "modelldcat-ap-no": "ModellDCAT-AP-NO",
        "cpsv-ap-no": "CPSV-AP-NO",
    },
}
