"""The link by which a reader tells the owner what is wrong: every page has it, and nothing is kept of who uses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import request
from flask_babel import gettext

from registry.catalogue.labels import labelled
from registry.catalogue.texts import shown
from registry.chain.feedback import Recipient, of_register, recipients_of
from registry.views.context import reader, register
from registry.views.languages import language


@dataclass(frozen=True, slots=True)
class FeedbackLink:
    """A link with its words; `hint` says what to bring where the link cannot carry it."""

    href: str
    words: str
    hint: str = ""


def about_thing(uri: str) -> list[FeedbackLink]:
    """The links on the page of a thing: to its owner, of a finding to both; none where nobody can be reached."""
    recipients = recipients_of(reader(), uri, register().settings.contact)
    return _links(recipients, labelled(reader(), uri).name(language()), uri)


def about_page() -> list[FeedbackLink]:
    """The link on any other page: to those who run the register."""
    recipient = of_register(register().settings.contact)
    address = f"{register().settings.public_url}{request.full_path.rstrip('?')}"
    return _links([recipient] if recipient else [], request.path, address)


def _links(recipients: Sequence[Recipient], name: str, uri: str) -> list[FeedbackLink]:
    """One mail to all who have an address for it; a link for each of the others."""
    by_mail = [each for each in recipients if each.way == "mail"]
    others = [_link(each, uri) for each in recipients if each.way != "mail"]
    return [_mail(by_mail, name, uri), *others] if by_mail else others


def _mail(recipients: Sequence[Recipient], name: str, uri: str) -> FeedbackLink:
    to = ",".join(quote(each.address, safe="@") for each in recipients)
    subject, body = gettext("About “%(name)s” in Samsvar", name=name), f"{uri}\n\n"
    href = f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    return FeedbackLink(href, _words(recipients), gettext("opens your mail program; nothing is kept here"))


def _words(recipients: Sequence[Recipient]) -> str:
    names = list(filter(None, dict.fromkeys(shown(each.name, language()) for each in recipients)))
    if not names:
        return str(gettext("Give feedback on this page"))
    return str(gettext("Give feedback to %(name)s", name=gettext(" and ").join(names)))


def _link(recipient: Recipient, uri: str) -> FeedbackLink:
    words = _words([recipient])
    if recipient.way == "phone":
        return FeedbackLink(f"tel:{recipient.address}", words, recipient.address)
    return FeedbackLink(
        recipient.address, words, gettext("opens their own page; give them this address: %(uri)s", uri=uri)
    )
