"""The link by which a reader tells the owner what is wrong: every page has it, and nothing is kept of who uses it."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import request
from flask_babel import gettext

from registry.catalogue.labels import labelled
from registry.catalogue.texts import shown
from registry.chain.feedback import Recipient, of_register, recipient_of
from registry.views.context import reader, register
from registry.views.languages import language


@dataclass(frozen=True, slots=True)
class FeedbackLink:
    """A link with its words; `hint` says what to bring where the link cannot carry it."""

    href: str
    words: str
    hint: str = ""


def about_thing(uri: str) -> FeedbackLink | None:
    """The link on the page of a thing; None where nobody can be reached."""
    recipient = recipient_of(reader(), uri, register().settings.contact)
    return _link(recipient, labelled(reader(), uri).name(language()), uri) if recipient else None


def about_page() -> FeedbackLink | None:
    """The link on any other page: to those who run the register."""
    recipient = of_register(register().settings.contact)
    address = f"{register().settings.public_url}{request.full_path.rstrip('?')}"
    return _link(recipient, request.path, address) if recipient else None


def _link(recipient: Recipient, name: str, uri: str) -> FeedbackLink:
    who = shown(recipient.name, language())
    words = gettext("Give feedback to %(name)s", name=who) if who else gettext("Give feedback on this page")
    if recipient.way == "mail":
        subject, body = gettext("About “%(name)s” in Samsvar", name=name), f"{uri}\n\n"
        href = (
            f"mailto:{quote(recipient.address, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
        )
        return FeedbackLink(href, words, gettext("opens your mail program; nothing is kept here"))
    if recipient.way == "phone":
        return FeedbackLink(f"tel:{recipient.address}", words, recipient.address)
    return FeedbackLink(
        recipient.address, words, gettext("opens their own page; give them this address: %(uri)s", uri=uri)
    )
