"""Office files of the older kind: workbooks (.xls), and encrypted workbooks of any kind."""

from __future__ import annotations

import io
import struct
from pathlib import Path

from cs_dash.intake.formats.raw_sheets import NeedsPassword, NoSpreadsheet, RawSheet, UnknownCipher
from cs_dash.intake.formats.registry import Format
from cs_dash.intake.formats.workbooks import ADVICE, READING, WHY, sheets

_OTHER_DOCUMENTS = (("WordDocument", "a Word document"), ("PowerPoint Document", "a PowerPoint file"))


def read(path: Path, password: str | None) -> list[RawSheet]:
    """Return the sheets of a workbook.

    Raises NeedsPassword, UnknownCipher, NoSpreadsheet, and whatever the readers of broken files raise.
    """
    return sheets(path, decrypted(path, password), {})


def decrypted(path: Path, password: str | None) -> bytes | None:
    """Return the content of an encrypted workbook; None where it is not encrypted.

    Raises NeedsPassword, UnknownCipher and NoSpreadsheet.
    """
    _refuse_other_documents(path)
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    with path.open("rb") as stream:
        try:
            file = msoffcrypto.OfficeFile(stream)
            if not file.is_encrypted():
                return None
        except (FileFormatError, ParseError, OSError, AttributeError, ValueError):
            return None  # the reader of workbooks says what it is
        if password is None:
            raise NeedsPassword
        out = io.BytesIO()
        try:
            file.load_key(password=password)
            file.decrypt(out)
        except (InvalidKeyError, DecryptionError) as fault:
            raise NeedsPassword from fault
        except (struct.error, ValueError, AttributeError) as fault:
            raise UnknownCipher from fault
        return out.getvalue()


def _refuse_other_documents(path: Path) -> None:
    """Raise NoSpreadsheet where the file's directory names another program's document."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as file:
            streams = {entry[0] for entry in file.listdir() if len(entry) == 1}
    except (OSError, ValueError):  # damaged, or impossible sizes; the reader of workbooks says so
        return
    for stream, document in _OTHER_DOCUMENTS:
        if stream in streams:
            raise NoSpreadsheet(document)


FORMATS = (
    Format(
        "old office",
        why=WHY,
        advice=ADVICE,
        extensions=(".xls",),
        reading=READING,
        magic=(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
        read_isolated=read,
    ),
)
