"""How two ways of writing one name, one id or one address become equal. Columns in, columns out; no tables of ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import tax_numbers

FREE_MAIL = frozenset((Path(__file__).parent / "free_mail.txt").read_text(encoding="utf-8").split())
"""Public mail services: their domains never identify an account."""

# Forms that are everyday words too ("me", "cv", "rt") are left alone.
_BEHIND = (
    "inc|incorporated|corp|corporation|company|co|ltd|limited|llc|llp|plc|pllc|lp|gmbh|mbh|ag|kg|kgaa|ohg|ug|"
    "haftungsbeschrankt|se|sa|sas|sasu|sarl|eurl|srl|srls|spa|sapa|snc|sl|slu|sau|ltda|limitada|eireli|lda|unipessoal|"
    "s de rl de cv|sa de cv|sapi de cv|sab de cv|bv|nv|bvba|vof|ab|aktiebolag|as|asa|aps|oy|oyj|ehf|ou|uab|sia|sro|"
    "spol sro|sp z oo|doo|dooel|ood|eood|kft|zrt|nyrt|pty|pte|pvt|private|proprietary|sdn|bhd|tbk|kk|jsc|ojsc|cjsc|"
    "pjsc|sti|anonim sirketi|ооо|оао|зао|пао|нао|ао|тоо|株|有|בעמ"
)
_BEFORE = (
    "ооо|оао|зао|пао|нао|ао|ип|тоо|тов|ooo|oao|zao|pao|株|有|pt|cong ty tnhh|cong ty co phan|"
    "общество с ограниченнои ответственностью|(?:публичное |закрытое |открытое )?акционерное общество"
)
_WITHIN = "股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|有限会社|合同会社|주식회사|유한회사"
_LETTERS = (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i"), ("&", " and "))


def _replaced(texts: pa.Array, pattern: str, by: str) -> pa.Array:
    return pc.replace_substring_regex(texts, pattern, by)


def _none_if_empty(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def words(texts: pa.Array) -> pa.Array:
    """Return names in lower case without accents, signs and dots, one space between words; null where nothing is left.

    >>> words(pa.array(["Smith & Søn A/S", "Acme Corp."])).to_pylist()
    ['smith and son as', 'acme corp']
    """
    text = pc.utf8_lower(pc.utf8_normalize(texts, "NFKC"))
    text = _replaced(pc.utf8_normalize(text, "NFKD"), r"\p{Mn}+", "")
    for letter, plain in _LETTERS:
        text = pc.replace_substring(text, letter, plain)
    text = _replaced(text, r"[.'’ʼ`\"״׳]+", "")
    text = _replaced(text, r"(^|\s)(\p{L})/(\p{L})(\s|$)", r"\1\2\3\4")
    text = pc.utf8_normalize(_replaced(text, r"[^\p{L}\p{N}]+", " "), "NFC")
    return _none_if_empty(pc.utf8_trim_whitespace(text))


def formless(worded: pa.Array) -> pa.Array:
    """Return folded words without the legal form; a name that is nothing else keeps it.

    >>> formless(words(pa.array(["Acme Corp.", "ООО Ромашка", "株式会社アクメ", "SA"]))).to_pylist()
    ['acme', 'ромашка', 'アクメ', 'sa']
    """
    text = _replaced(worded, _WITHIN, " ")
    text = _replaced(text, rf"^\s*((?:{_BEFORE})\s+)+", "")
    text = pc.utf8_trim_whitespace(_replaced(text, rf"(\s+(?:and )?(?:{_BEHIND}))+\s*$", ""))
    return pc.coalesce(_none_if_empty(text), worded)


def ids(texts: pa.Array) -> pa.Array:
    """Return ids without case and separators; between two digits a separator counts, since 1-23 is not 12-3.

    Ids of 15 letters and digits that differ by case only are different customers in Salesforce; the 18 of its newer
    exports are the same 15 and three more that make case unnecessary (its help: "Convert 15 Digit Id to 18 Digit Id").

    In a tax number with the right check digits no separator counts.

    >>> ids(pa.array(["M-021", "m 021", "123.0", "2024-001", "2024001"])).to_pylist()
    ['m021', 'm021', '123', '2024-001', '2024001']
    >>> ids(pa.array(["33.000.167/0001-01", "33000167000101", "33.000.167/0001-02"])).to_pylist()
    ['33000167000101', '33000167000101', '33-000-167-0001-02']
    """
    trimmed = pc.utf8_trim_whitespace(texts)
    text = _replaced(pc.utf8_lower(trimmed), r"^(\d+)\.0+$", r"\1")
    text = _replaced(text, r"[^\p{L}\p{N}]+", "-")
    text = _replaced(_replaced(text, r"(\p{L})-", r"\1"), r"-(\p{L})", r"\1")
    text = _none_if_empty(pc.utf8_trim(_without_tax_signs(trimmed, text), characters="-"))
    cased = pc.match_substring_regex(trimmed, r"^[A-Za-z0-9]{15}([A-Z0-5]{3})?$")
    for kind in ("[a-z]", "[A-Z]", "[0-9]"):
        cased = pc.and_(cased, pc.match_substring_regex(trimmed, kind))
    return pc.if_else(cased, pc.utf8_slice_codeunits(trimmed, 0, 15), text)


def _without_tax_signs(texts: pa.Array, folded: pa.Array) -> pa.Array:
    """The folded ids, without any separator where they are tax numbers written with some."""
    signs = pc.match_substring_regex(texts, r"^[A-Za-z]{0,2}[ ]?\d[\d ./-]{8,}\d$")
    places = np.flatnonzero(pc.fill_null(signs, False).to_numpy(zero_copy_only=False))
    plain = folded.to_pylist() if len(places) else []
    for at in places.tolist():
        if tax_numbers.kind_of([texts[at].as_py()])[0]:
            plain[at] = tax_numbers.bare(texts[at].as_py()).lower()
    return pa.array(plain, pa.string()) if len(places) else folded


def zeroless(keys: pa.Array) -> pa.Array:
    """Return ids without the zeros before a number: "m021" and "m21" become equal."""
    return _replaced(keys, r"(^|[^0-9])0+([0-9])", r"\1\2")


def addresses(texts: pa.Array) -> pa.Array:
    """Return the domain behind each e-mail address, the whole address for free mail, null for anything else.

    >>> addresses(pa.array(["Jo <jo@Acme.com>", "jo@gmail.com", "Jo"])).to_pylist()
    ['acme.com', 'jo@gmail.com', None]
    """
    parts = pc.extract_regex(pc.utf8_lower(texts), r"(?P<who>[^\s<>@,;:]+)@(?P<where>[^\s<>@,;]+\.[^\s<>@,;.]+)")
    where = pc.struct_field(parts, "where")
    whole = pc.binary_join_element_wise(pc.struct_field(parts, "who"), where, "@")
    return pc.if_else(pc.is_in(where, value_set=pa.array(sorted(FREE_MAIL))), whole, where)


def domains(texts: pa.Array) -> pa.Array:
    """Return the bare domain of an address in the web, null for anybody's mail services.

    >>> domains(pa.array(["https://www.Acme.com/start", "gmail.com"])).to_pylist()
    ['acme.com', None]
    """
    text = _replaced(pc.utf8_lower(pc.utf8_trim_whitespace(texts)), r"^(https?://)?(www\.)?|/.*$", "")
    free = pc.is_in(text, value_set=pa.array(sorted(FREE_MAIL)))
    return pc.if_else(free, pa.scalar(None, pa.string()), _none_if_empty(text))


def spellings(texts: pa.Array) -> pa.Table:
    """Return what each text is compared by: as an id, as a name and as an address; `text` is the text itself."""
    worded = words(texts)
    short = formless(worded)
    id_key = ids(texts)
    return pa.table(
        {
            "text": texts,
            "digits": pc.match_substring_regex(texts, "[0-9]"),
            "id_key": id_key,
            "number": zeroless(id_key),
            "whole": worded,
            "short": short,
            "whole_name": pc.replace_substring(worded, " ", ""),
            "folded": pc.replace_substring(short, " ", ""),
            "address": addresses(texts),
            "domain": domains(texts),
        }
    )
