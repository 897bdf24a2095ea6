"""Texts without what identifies customers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.sharing import pseudonyms
from cs_dash.sharing.masking import TextMask, words_of

MASK = TextMask(
    [
        ("Olarroyo Cold Chain S.A. de C.V.", "Account A"),
        ("Olarroyo Cold Chain", "Account A"),
        ("olarroyo.example", "a.example"),
        ("Müller & Søhne", "Account B"),
        ("清硕软件", "Account C"),
        ("HP", "Account D"),
        ("Acme", "Account E"),
        ("Acme Co", "Account F"),
        ("Own Name", None),
        ("Own", "Account G"),
        ("ACC-1001", "Account H"),
    ],
    address=lambda address: "someone@b.example",
    amounts=True,
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("At OLARROYO  cold-chain S.A. de C.V., we", "At Account A., we"),
        ("Olarroyo Cold Chain's plan", "Account A's plan"),
        ("muller, Sohne and MÜLLER & SØHNE", "Account B and Account B"),
        ("mu\u0308ller & søhne", "Account B"),
        ("我们清硕软件公司", "我们Account C公司"),
        ("hp and HP", "hp and Account D"),
        ("https://olarroyo.example/x", "https://a.example/x"),
        ("write to jo.doe+x@mail.Olarroyo.example.", "write to someone@b.example."),
        ("<Jo@x.example>, Bo@y.example", "<someone@b.example>, someone@b.example"),
        ("Acme Corp., acme_co and Acme Co; Ac\u00adme", "Account E Corp., Account F and Account F; Account E"),
        ("Acmes and Macme stay", "Acmes and Macme stay"),
        ("Own Name stays, Own goes", "Own Name stays, Account G goes"),
        ("ticket of acc 1001, ACC-1001 and ACC-10012", "ticket of Account H, Account H and ACC-10012"),
        ("€1,200.50 a month, 12 000 EUR, $3k", "[amount] a month, [amount], [amount]"),
        ("3 million euros, USD 5, 1.200 €", "[amount], [amount], [amount]"),
        ("12 seats, 30 days, 5 % and version 2.1", "12 seats, 30 days, 5 % and version 2.1"),
        ("", ""),
    ],
)
def test_what_is_replaced(text: str, masked: str) -> None:
    assert MASK(text) == masked


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert "olarroyo cold" not in MASK(f"{before} Olarroyo Cold Chain {after}").lower()


@given(st.text(max_size=80))
def test_a_masked_text_has_nothing_left_to_mask(text: str) -> None:
    once = MASK(text)
    assert MASK(once) == once or "someone" in once or "[amount]" in once


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_plain_letters_are_folded_as_all_others(text: str) -> None:
    assert words_of(text) == words_of(f"{text} ж")[:-1]


@given(st.sets(st.text(max_size=8), max_size=200), st.binary(min_size=4, max_size=4))
def test_pseudonyms_are_unique_and_always_the_same(values: set[str], secret: bytes) -> None:
    codes = pseudonyms.codes(secret, values)
    assert len(set(codes.values())) == len(values) == len(codes)
    assert pseudonyms.codes(secret, sorted(values)) == codes
    assert all(set(code) <= set(pseudonyms.LETTERS) and len(code) >= pseudonyms.LEAST for code in codes.values())
