"""Damaged, foreign and hostile files, and disks that are full: one sentence, and nothing is left."""

from __future__ import annotations

import errno
import io
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from cs_dash.store.backups import archive
from tests.cli.test_backup import MORE, backed_up, made, restored, restored_in_place
from tests.cli.test_cli import Shell, loaded, shell
from tests.workspaces import copied

__all__ = ["backed_up", "loaded", "made", "shell"]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0x10]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (cut, "because it is damaged"),
        (lambda content: content[:-1], "because it is damaged"),
        (lambda content: content[:30], "because it is damaged"),
        (flipped, "because it is damaged"),
        (lambda _: b"", "because it is not a backup of cs_dash"),
        (lambda _: b"Account ID,Name\n1,Erle\n", "because it is not a backup of cs_dash"),
        (lambda _: bytes(pa.compress(b"no archive" * 999, codec="zstd", asbytes=True)), "is not a backup of cs_dash"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_and_leaves_nothing(
    backed_up: Shell, change: Callable[[bytes], bytes], words: str
) -> None:
    file = backed_up.folder / "b.tar.zst"
    file.write_bytes(change(file.read_bytes()))
    status, said = restored(backed_up)
    assert status == 2
    assert words in said
    assert not (backed_up.folder / "w").exists()


@contextmanager
def packed(file: Path) -> Iterator[tarfile.TarFile]:
    with (
        pa.CompressedOutputStream(pa.OSFile(str(file), "wb"), "zstd") as out,
        tarfile.open(fileobj=out, mode="w|") as tar,
    ):
        yield tar


def members(file: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    """Return the entries of an archive with their contents."""
    with tarfile.open(fileobj=pa.CompressedInputStream(pa.OSFile(str(file)), "zstd"), mode="r|") as tar:
        return [(member, content.read() if (content := tar.extractfile(member)) else b"") for member in tar]


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/evil.txt", "uploads/../../evil.txt", "uploads/a/../../../evil", "lock", "temporary/x",
     "versions", "versions/a/b/c", "shared/link-1/state.sqlite", "shared/link-1-frozen/lock", "shared/../../evil",
     "shared/link-1-frozen/shared/secret", "shared/link-1-frozen/uploads/../../../../evil", "shared/secret/x",
     "versions\\..\\evil", "uploads//evil", "./state.sqlite", "state.sqlite"],
)  # fmt: skip
def test_an_entry_outside_of_a_workspace_is_refused(backed_up: Shell, name: str) -> None:
    file = backed_up.folder / "b.tar.zst"
    entries = members(file)
    with packed(file) as tar:
        for member, content in entries:
            if member.name == archive.MANIFEST:
                evil = tarfile.TarInfo(name)
                evil.size = 4
                tar.addfile(evil, io.BytesIO(b"evil"))
            tar.addfile(member, io.BytesIO(content))
    status, said = restored(backed_up)
    assert status == 2
    assert "is damaged: it holds what no backup does" in said
    assert not (backed_up.folder / "w").exists()
    assert not list(backed_up.folder.rglob("evil*"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_an_entry_that_is_no_file_is_refused(backed_up: Shell, kind: bytes) -> None:
    file = backed_up.folder / "b.tar.zst"
    entries = members(file)
    with packed(file) as tar:
        for member, content in entries:
            tar.addfile(member, io.BytesIO(content))
            if member.name == archive.STATE:
                link = tarfile.TarInfo("versions/000009.duckdb")
                link.type, link.linkname = kind, "/etc/passwd"
                tar.addfile(link)
    assert "is damaged: it holds what no backup does" in restored(backed_up)[1]


@pytest.mark.parametrize(
    ("altered", "words"),
    [("versions/000001.duckdb", "not those that were backed up"), (archive.HEADER, "is not a backup of cs_dash")],
)
def test_an_entry_that_was_changed_is_noticed(backed_up: Shell, altered: str, words: str) -> None:
    file = backed_up.folder / "b.tar.zst"
    entries = members(file)
    with packed(file) as tar:
        for member, content in entries:
            new = content[:-1] + b"\x07" if member.name == altered and altered != archive.HEADER else content
            if member.name == archive.HEADER == altered:
                new = b"{" + b" " * (len(content) - 2) + b"}"
            tar.addfile(member, io.BytesIO(new))
    assert words in restored(backed_up)[1]


@pytest.mark.parametrize(("field", "number"), [(b'"format": 1', b'"format": 2'), (b'"workspace_format": ', b"99")])
def test_a_backup_of_a_newer_release_is_refused(backed_up: Shell, field: bytes, number: bytes) -> None:
    file = backed_up.folder / "b.tar.zst"
    entries = members(file)
    with packed(file) as tar:
        for member, content in entries:
            new = content
            if member.name == archive.HEADER:
                new = content.replace(field, field + number if field.endswith(b" ") else number)
                member.size = len(new)
            tar.addfile(member, io.BytesIO(new))
    status, said = restored(backed_up)
    assert status == 2
    assert "because a newer release of cs_dash wrote it. Update cs_dash" in said
    assert not (backed_up.folder / "w").exists()


def test_a_move_that_fails_leaves_nothing(loaded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded.run("backup", str(loaded.folder / "b.tar.zst"))
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "versions":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return rename(path, target)

    shutil.move(loaded.folder / "w", loaded.folder / "old")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", failing)
        status, said = restored_in_place(loaded)
    assert status == 2
    assert "The disk reports an error" in said
    assert not (loaded.folder / "w").exists()


@contextmanager
def small_disk(limit: int) -> Iterator[None]:
    """Have no file grow above so many bytes, as long as this lasts."""
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_and_leaves_nothing(shell: Shell) -> None:
    workspace = copied(shell.folder / "w", {"accounts.csv": MORE})
    workspace.keep("noise.csv", io.BytesIO(os.urandom(1 << 20)))
    with small_disk(500_000):
        status, _, err = shell.run("backup", str(shell.folder / "b.tar.zst"))
    assert status == 2
    assert "The disk is full" in err
    assert "existing data are unchanged. Free some space" in err
    assert [path.name for path in shell.folder.iterdir()] == ["w"]
    assert shell.run("backup", str(shell.folder / "b.tar.zst"))[0] == 0
    shutil.move(shell.folder / "w", shell.folder / "old")
    with small_disk(500_000):
        status, said = restored_in_place(shell)
    assert status == 2
    assert "The disk is full" in said
    assert not (shell.folder / "w").exists()


def test_a_disk_that_is_too_small_is_said_before_anything_is_written(
    backed_up: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(backed_up.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    status, said = restored(backed_up)
    assert status == 2
    assert "GB are free. Nothing was restored." in said
    assert not (backed_up.folder / "w").exists()
