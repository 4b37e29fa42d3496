"""Everything of one installation in one file: the database, the files and the secret key, with a manifest.

The database is written first: whatever its rows name is in the files by then, since files are stored before rows.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from kanal.kit import clock, pgdump
from kanal.kit.crypto import KEY_FILE

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
STORED_FILE = re.compile("files/([0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64})")
WARNING = "This archive holds secrets: what customers wrote, and the key to stored passwords. Keep it closed."


class Manifest(msgspec.Struct, kw_only=True, frozen=True):
    """The last member of the archive; `sha256` covers the others, see `_Checksum`."""

    format: int
    made_at: datetime
    postgres: str
    files: int | None
    secret_key: bool
    sha256: str
    warning: str = WARNING


class BackupFailed(Exception):
    """The archive cannot be written."""


class BackupDamaged(Exception):
    """The archive is not whole, not a backup of ours, or of a format that is not known here."""


class RestoreRefused(Exception):
    """What is in the backup would take the place of something else."""


def backup(postgres_url: str, pg_bin: Path | None, storage_path: Path | None, data_dir: Path, target: Path) -> Manifest:
    """Write a backup to `target` (a .tar.gz), readable by its owner alone, while Kanal goes on working.

    Without `storage_path` the files are in a bucket, which has to be backed up where it is. Without a key file
    in `data_dir` the key is in the environment, and kept by whoever set it. Raises `BackupFailed`, `DumpFailed`.
    """
    if target.exists():
        raise BackupFailed(f"{target} exists already")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".kanal-backup-") as folder:
        dumped, half = Path(folder, DATABASE), Path(folder, target.name)
        version = pgdump.dump(postgres_url, pg_bin, dumped)
        with _new_archive(half) as archive:
            archive.add(DATABASE, dumped)
            files = _add_files(archive, storage_path) if storage_path else None
            key = archive.add(KEY_FILE, data_dir / KEY_FILE)
            manifest = Manifest(
                format=FORMAT,
                made_at=clock.now(),
                postgres=version,
                files=files,
                secret_key=key,
                sha256=archive.checksum.hexdigest(),
            )
            archive.close_with(manifest)
        half.rename(target)
    return manifest


def restore(
    source: Path,
    postgres_url: str,
    pg_bin: Path | None,
    storage_path: Path | None,
    data_dir: Path,
    *,
    force: bool = False,
) -> Manifest:
    """Read a backup into an empty database, or with `force` in the place of what is there. Kanal must not run.

    The archive is read through and verified before anything is touched, and the database is filled in one
    transaction. A key that `force` replaces is kept beside the new one. Raises `BackupDamaged`,
    `RestoreRefused`, `DumpFailed`.
    """
    manifest, key = _read_through(source)
    _refuse(manifest, storage_path)
    if not force:
        _refuse_to_overwrite(key, postgres_url, data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".kanal-restore-") as folder:
        dumped = Path(folder, DATABASE)
        for member, content in _members(source):
            stored = STORED_FILE.fullmatch(member.name)
            if stored and storage_path:
                _write(storage_path / stored.group(1), content)
            elif member.name == DATABASE:
                _write(dumped, content)
        pgdump.load(postgres_url, pg_bin, dumped, replace=force)
    if key is not None:
        _put_key(data_dir / KEY_FILE, key)
    return manifest


def verify(source: Path) -> Manifest:
    """Read an archive through and return its manifest, if every byte is as it was written."""
    return _read_through(source)[0]


# Writing


class _Checksum:
    """SHA-256 over the name, the size and the bytes of each member, in their order."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def reading(self, member: tarfile.TarInfo, content: IO[bytes]) -> _CheckedReader:
        self._sum.update(f"{member.name}\0{member.size}\0".encode())
        return _CheckedReader(content, self)

    def update(self, data: bytes) -> None:
        self._sum.update(data)

    def hexdigest(self) -> str:
        return self._sum.hexdigest()


class _CheckedReader:
    """A file whose bytes go into the checksum as they are read."""

    def __init__(self, content: IO[bytes], checksum: _Checksum) -> None:
        self._content = content
        self._checksum = checksum

    def read(self, size: int = -1, /) -> bytes:
        data = self._content.read(size)
        self._checksum.update(data)
        return data


class _NewArchive:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._now = clock.now().timestamp()
        self.checksum = _Checksum()

    def add(self, name: str, path: Path) -> bool:
        """Add the file, if it is there."""
        try:
            content = path.open("rb")
        except FileNotFoundError:
            return False
        with content:
            member = self._member(name, os.fstat(content.fileno()).st_size)
            self._tar.addfile(member, self.checksum.reading(member, content))
        return True

    def close_with(self, manifest: Manifest) -> None:
        text = msgspec.json.format(msgspec.json.encode(manifest))
        self._tar.addfile(self._member(MANIFEST, len(text)), io.BytesIO(text))

    def _member(self, name: str, size: int) -> tarfile.TarInfo:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, self._now
        return member


@contextmanager
def _new_archive(path: Path) -> Iterator[_NewArchive]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        # The dump is packed and most files are, so the least effort gains nearly all there is.
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as tar:
            yield _NewArchive(tar)
        file.flush()
        os.fsync(file.fileno())


def _add_files(archive: _NewArchive, storage_path: Path) -> int:
    """Add what is stored, and not what is being written or was deleted a moment ago; return how many."""
    count = 0
    for folder in sorted(storage_path.glob("??")):
        for path in sorted(folder.glob("??/*")):
            name = f"files/{path.relative_to(storage_path).as_posix()}"
            if STORED_FILE.fullmatch(name):
                count += archive.add(name, path)
    return count


# Reading


def _read_through(source: Path) -> tuple[Manifest, bytes | None]:
    """Verify the archive; return its manifest and the secret key, if there is one."""
    checksum = _Checksum()
    manifest: Manifest | None = None
    key: bytes | None = None
    with _damage_told(source):
        for member, content in _members(source):
            if manifest is not None:
                raise BackupDamaged(f"{source} goes on after its manifest")
            if member.name == MANIFEST:
                manifest = _read_manifest(source, content.read())
                continue
            reader = checksum.reading(member, content)
            if member.name == KEY_FILE:
                key = reader.read()
            elif member.name == DATABASE or STORED_FILE.fullmatch(member.name):
                _read_to_the_end(reader)
            else:
                raise BackupDamaged(f"{source} is no backup of Kanal: {member.name!r} is in it")
    if manifest is None or manifest.sha256 != checksum.hexdigest():
        raise BackupDamaged(f"{source} is damaged: its checksum is wrong")
    return manifest, key


@contextmanager
def _damage_told(source: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise BackupDamaged(f"{source} is damaged: {error}") from error


def _members(source: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    with gzip.open(source) as unpacked, tarfile.open(fileobj=unpacked, mode="r:") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise BackupDamaged(f"{source} is no backup of Kanal: {member.name!r} is no file")
            yield member, content
        _read_to_the_end(unpacked)  # where gzip's own checksum stands


def _read_manifest(source: Path, text: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BackupDamaged(f"{source} has a manifest that is not understood here: {error}") from error
    if manifest.format != FORMAT:
        raise BackupDamaged(f"{source} has format {manifest.format}; this Kanal knows format {FORMAT}")
    return manifest


def _read_to_the_end(content: _CheckedReader | gzip.GzipFile) -> None:
    while content.read(1 << 20):
        pass


# Putting it back


def _refuse(manifest: Manifest, storage_path: Path | None) -> None:
    if manifest.files and storage_path is None:
        raise RestoreRefused(
            f"the backup holds {manifest.files} files and Kanal is set to keep files in a bucket; restore with a "
            f"folder, copy the files to the bucket, and set the bucket then"
        )


def _refuse_to_overwrite(key: bytes | None, postgres_url: str, data_dir: Path) -> None:
    if not pgdump.is_empty(postgres_url):
        raise RestoreRefused("the database is not empty")
    present = data_dir / KEY_FILE
    if key is not None and present.exists() and present.read_bytes() != key:
        raise RestoreRefused(f"{present} holds another key")


def _write(path: Path, content: IO[bytes]) -> None:
    """Write the file, whole or not at all, closed to others."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"{path.name}.half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def _put_key(path: Path, key: bytes) -> None:
    if path.exists() and path.read_bytes() != key:
        path.rename(path.with_name(f"{KEY_FILE}.until-{clock.now():%Y%m%d-%H%M%S}"))
    _write(path, io.BytesIO(key))
