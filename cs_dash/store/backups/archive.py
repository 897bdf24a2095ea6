"""The file of a backup: a tar archive in Zstandard, which `tar --zstd -xf` opens without cs_dash as well.

    cs_dash-backup.json       first: what wrote it, when, how many bytes follow
    state.sqlite              the list of versions, and what people decided
    versions/ uploads/ ...    the files of a workspace that it names
    shared/                   frozen copies of links and reviews, which cannot be made again; the secret of pseudonyms
    cs_dash-manifest.json     last: size and SHA-256 of every file between

Without the last one, the file was cut short.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyarrow as pa

from cs_dash.errors import UnreadableFile
from cs_dash.store.artifacts import ARTIFACT_KINDS
from cs_dash.store.disk import CHUNK
from cs_dash.store.state import COPY_MARK

FORMAT = 1
HEADER, MANIFEST, STATE = "cs_dash-backup.json", "cs_dash-manifest.json", "state.sqlite"
FOLDERS = frozenset({"versions", "uploads", *(kind.folder for kind in ARTIFACT_KINDS)})
"""The folders of a workspace that a backup holds."""
MAGIC = b"\x28\xb5\x2f\xfd"
"""How a file in Zstandard begins."""
SHARED, FROZEN, PSEUDONYMS = "shared", "-frozen", "shared/secret"
"""What links have in a workspace: the folder of copies, how the name of a frozen one ends, the secret of all."""
TEXT_BYTES = 256 << 20
"""A header or manifest that is larger is none of ours."""
Progress = Callable[[int], None]


@dataclass(frozen=True)
class FileDigest:
    """What the manifest says of a file: bytes, and SHA-256 in hexadecimal."""

    size: int
    sha256: str


class BackupWriter:
    """Adds files to an archive and keeps its manifest."""

    def __init__(self, tar: tarfile.TarFile, progress: Progress) -> None:
        self._tar, self._progress = tar, progress
        self.entries: dict[str, FileDigest] = {}

    def add_text(self, name: str, facts: dict[str, Any]) -> None:
        """Add facts as JSON."""
        text = json.dumps(facts, indent=1).encode()
        member = tarfile.TarInfo(name)
        member.size = len(text)
        self._tar.addfile(member, io.BytesIO(text))

    def add_file(self, name: str, content: IO[bytes], size: int, modified: float) -> None:
        """Add an open file, read once and in pieces."""
        member = tarfile.TarInfo(name)
        member.size, member.mtime = size, modified  # a float keeps the order of artifacts
        digested = _Digested(content, self._progress)
        self._tar.addfile(member, digested)  # type: ignore[arg-type]  # it reads and nothing else
        self.entries[name] = FileDigest(size, digested.digest.hexdigest())

    def add_manifest(self, missing: list[str]) -> None:
        """Add the manifest, after which nothing may follow. `missing`: files that the workspace lost before."""
        files = {name: [entry.size, entry.sha256] for name, entry in self.entries.items()}
        self.add_text(MANIFEST, {"files": files, "missing": missing})


@dataclass
class _Digested:
    """A file that is read, with the digest of what was read of it so far."""

    content: IO[bytes]
    progress: Progress
    digest: Any = field(default_factory=hashlib.sha256)

    def read(self, size: int) -> bytes:
        """Return the next piece."""
        piece = self.content.read(size)
        self.digest.update(piece)
        self.progress(len(piece))
        return piece


@contextmanager
def writing(file: Path, progress: Progress) -> Iterator[BackupWriter]:
    """Give what writes a new archive; it is whole only when this ends without an error."""
    with (
        file.open("wb") as out,
        pa.CompressedOutputStream(pa.PythonFile(out, "w"), "zstd") as compressed,
        tarfile.open(fileobj=compressed, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK) as tar,
    ):
        yield BackupWriter(tar, progress)


@contextmanager
def reading(file: Path) -> Iterator[BackupReader]:
    """Give what reads an archive. Raises UnreadableFile for another file, and for a damaged one."""
    with file.open("rb") as content, _in_words(file):
        if content.read(len(MAGIC)) != MAGIC:
            raise foreign(file)
        content.seek(0)
        compressed = pa.CompressedInputStream(pa.PythonFile(content, "r"), "zstd")
        try:
            tar = tarfile.open(fileobj=compressed, mode="r|", bufsize=CHUNK)  # noqa: SIM115
        except tarfile.TarError as error:
            raise foreign(file) from error
        with tar:
            yield BackupReader(file, tar)


class BackupReader:
    """Reads an archive from its beginning to its end, once."""

    def __init__(self, file: Path, tar: tarfile.TarFile) -> None:
        self._file, self._tar = file, tar

    def header(self) -> dict[str, Any]:
        """Return the facts of the first entry. Raises UnreadableFile for an archive that is no backup of cs_dash."""
        member = self._tar.next()
        if member is None or member.name != HEADER:
            raise foreign(self._file)
        header = self._facts(member)
        if not isinstance(header.get("format"), int) or not isinstance(header.get("bytes"), int):
            raise foreign(self._file)
        if header["format"] > FORMAT:
            raise UnreadableFile(
                "A newer backup",
                f"Could not restore {self._file.name} because a newer release of cs_dash wrote it.",
                "Update cs_dash, then restore it.",
            )
        return header

    def files(self) -> Iterator[tuple[str, float, IO[bytes]]]:
        """Yield (name, time of its last change, content) of every file, each to be read before the next.

        Raises UnreadableFile for an entry that a workspace does not have, and unless the manifest is the last one.
        """
        names: set[str] = set()
        while (member := self._tar.next()) is not None and member.name != MANIFEST:
            content = self._tar.extractfile(member) if is_of_a_workspace(member) else None
            if content is None or member.name in names:
                raise damaged(self._file, "it holds what no backup does")
            names.add(member.name)
            yield member.name, float(member.mtime), content
        if member is None:
            raise damaged(self._file, "its end is missing")
        self.manifest = self._facts(member)
        if self._tar.next() is not None:
            raise damaged(self._file, "it holds what no backup does")

    def _facts(self, member: tarfile.TarInfo) -> dict[str, Any]:
        content = self._tar.extractfile(member) if member.isreg() and member.size <= TEXT_BYTES else None
        facts = json.loads(content.read()) if content else None
        if not isinstance(facts, dict):
            raise damaged(self._file, "its list of files cannot be read")
        return facts


def is_of_a_workspace(member: tarfile.TarInfo) -> bool:
    """Return whether an entry is a plain file at a place where a workspace has one, and nowhere else."""
    if member.type not in tarfile.REGULAR_TYPES or member.sparse is not None:
        return False
    return is_name_of_a_workspace(member.name)


def is_name_of_a_workspace(name: str) -> bool:
    """Return whether a workspace has, or its copy for a frozen link, a file of this name that a backup holds."""
    parts = PurePosixPath(name).parts
    if "/".join(parts) != name or any(part in (".", "..") or set(part) & set("\\\0") for part in parts):
        return False
    if parts[0] == SHARED and len(parts) > 2 and parts[1].endswith(FROZEN):
        return parts[2:] == (COPY_MARK,) or (parts[2] != SHARED and is_name_of_a_workspace("/".join(parts[2:])))
    return name in (STATE, PSEUDONYMS) or (parts[0] in FOLDERS and len(parts) in (2, 3))


def foreign(file: Path) -> UnreadableFile:
    """Return the error for a file that is no backup."""
    return UnreadableFile(
        "Not a backup",
        f"Could not restore {file.name} because it is not a backup of cs_dash.",
        "Name a file that `python -m cs_dash backup` wrote.",
    )


def damaged(file: Path, why: str) -> UnreadableFile:
    """Return the error for a backup that is not as it was written."""
    return UnreadableFile(
        "A damaged backup",
        f"Could not restore {file.name} because it is damaged: {why}. Nothing was restored.",
        "Copy the file again from where it is kept, or use another backup.",
    )


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    """Raise what goes wrong while a damaged file is read in words; faults of the machine have a number, and stay."""
    try:
        yield
    except (tarfile.TarError, pa.ArrowException, EOFError, UnicodeError, json.JSONDecodeError) as error:
        raise damaged(file, "its contents cannot be read") from error
    except OSError as error:
        if error.errno is None:
            raise damaged(file, "its contents cannot be read") from error
        raise
