"""Which acts of the EU a text makes law: the first of each parenthesis behind a place in the EEA Agreement."""

import pytest

from importers.law.source_acts import source_acts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            (
                "EØS-avtalen vedlegg II kap. XIV nr. 1 (forordning (EU) 2019/1009 som endret ved forordning (EU) 2021/1768)"
                " gjelder som forskrift."
            ),
            ("32019R1009",),
        ),
        (
            (
                "EØS-henvisninger: EØS-avtalen vedlegg XX nr. 14c (direktiv 2008/50/EF som endret ved direktiv (EU)"
                " 2015/1480 ), nr. 21ak (direktiv 2004/107/EF )."
            ),
            ("32008L0050", "32004L0107"),
        ),
        ("EØS-avtala vedlegg XI nr. 5e (forordning (EU) 2016/679) gjeld som lov.", ("32016R0679",)),
        ("Saken følger direktiv 2008/50/EF.", ()),
        ("EØS-avtalen vedlegg II gjelder. Se kommentaren (direktiv 2008/50/EF).", ()),
        ("EØS-avtalen vedlegg II kap. 1 (forskriften her) og EØS-avtalen gjelder.", ()),
        ("EØS-avtalen vedlegg II (forordning (EU) 2019/1009", ()),
    ],
)
def test_the_acts_that_a_text_makes_law(text: str, found: tuple[str, ...]) -> None:
    assert source_acts([text]) == found


def test_none_is_named_twice() -> None:
    text = "EØS-avtalen vedlegg I nr. 1 (direktiv 2008/50/EF) gjelder."
    assert source_acts([text, "§ 2", text]) == ("32008L0050",)
