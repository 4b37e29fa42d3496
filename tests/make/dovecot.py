"""A real Dovecot on loopback, in a folder of its own, and those who use its mailboxes besides us: a mail server that
delivers, another mail program that reads, moves and deletes. Its syntax changed with 2.4; both are spoken."""

from __future__ import annotations

import grp
import imaplib
import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from kanal.cli.bench.running import free_ports
from kanal.kit import processes
from tests.make.certificates import self_signed

PASSWORD = "s3cret-åäö"
PATIENCE = 10.0
HOST = "127.0.0.1"
_numbers = itertools.count(1)


class Dovecot:
    """`port` speaks plain text and STARTTLS, `tls_port` TLS with a certificate that nobody vouches for."""

    def __init__(
        self, folder: Path, *, connections: int = 10, quota: str = "100M", idle: bool = True, sent: bool = True
    ) -> None:
        self.folder = folder
        self.connections = connections
        """One user may have at the same time."""
        self.quota = quota
        """Room in each mailbox."""
        self.idle = idle
        self.sent = sent
        """Every mailbox has a folder for sent mail from the start."""
        self.port, self.tls_port = free_ports(2)
        self.certificate, self.key = self_signed(folder, "localhost")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        config = self.folder / "dovecot.conf"
        config.write_text(_config(self))
        with (self.folder / "stderr").open("ab") as stderr:
            self._process = subprocess.Popen(
                [_binary(), "-F", "-c", str(config)],
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                preexec_fn=processes.die_with_parent(signal.SIGTERM),
            )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < end, (self.folder / "stderr").read_text() + self.log()
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            processes.end(self._process, (signal.SIGTERM, 5.0))
            self._process = None

    def log(self) -> str:
        log = self.folder / "dovecot.log"
        return log.read_text() if log.exists() else ""

    def user(self) -> User:
        """A new mailbox."""
        name = f"user{next(_numbers)}@firma.example"
        home = self.folder / "mail" / name
        for each in ("cur", "new", "tmp"):
            (home / "Maildir" / each).mkdir(parents=True)
        _own(home)
        return User(self, name, home / "Maildir")

    def _answers(self) -> bool:
        try:
            with imaplib.IMAP4(HOST, self.port, timeout=1):
                return True
        except (OSError, imaplib.IMAP4.error):
            return False


class User:
    """A mailbox."""

    def __init__(self, server: Dovecot, name: str, maildir: Path) -> None:
        self.server = server
        self.name = name
        self.maildir = maildir

    def imap(self, **more: Any) -> dict[str, Any]:
        """What an admin fills in."""
        filled = {"host": HOST, "port": self.server.port, "security": "none", "user": self.name}
        return filled | {"password": PASSWORD} | more

    def deliver(self, mail: bytes | None = None, *, folder: str = "", subject: str = "Lamp") -> None:
        """As a mail server does: written beside, then moved in."""
        number = next(_numbers)
        place = self.maildir / f".{folder}" if folder else self.maildir
        written = place / "tmp" / f"{time.time_ns()}.M{number}.here"
        written.write_bytes(mail or mail_of(subject))
        os.chown(written, _UID, _GID)
        written.rename(place / "new" / written.name)

    def fill(self, count: int) -> None:
        """Old mail, in the mailbox since a year."""
        a_year_ago = time.time() - 365 * 86_400
        for number in range(count):
            path = self.maildir / "cur" / f"{int(a_year_ago)}.M{number:06}.here:2,S"
            path.write_bytes(mail_of(f"Old {number:05}"))
            os.chown(path, _UID, _GID)
            os.utime(path, (a_year_ago, a_year_ago))

    def number_anew(self) -> None:
        """As after a restored backup: another UIDVALIDITY, other UIDs."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (self.maildir / name).unlink(missing_ok=True)
        for each in self.maildir.glob("dovecot-uidvalidity*"):
            each.unlink()
        self.number_as(int(time.time()) + next(_numbers))

    def number_as(self, validity: int) -> None:
        """With this UIDVALIDITY; for a mailbox that nobody has opened."""
        (self.maildir / "dovecot-uidlist").write_text(f"3 V{validity} N1 G{os.urandom(16).hex()}\n")
        os.chown(self.maildir / "dovecot-uidlist", _UID, _GID)

    @contextmanager
    def program(self) -> Iterator[imaplib.IMAP4]:
        """Another mail program that somebody has open."""
        with imaplib.IMAP4(HOST, self.server.port, timeout=10) as client:
            client.authenticate("PLAIN", lambda _: f"\0{self.name}\0{PASSWORD}".encode())
            yield client

    def subjects(self, folder: str = "INBOX") -> list[str]:
        parts = self._fetch(folder, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        return [part[1].decode().partition(":")[2].strip() for part in parts if isinstance(part, tuple)]

    def flags(self, folder: str = "INBOX") -> list[str]:
        parts = self._fetch(folder, "(FLAGS)")
        return [re.sub(r"^\d+ ", "", part.decode()) for part in parts if isinstance(part, bytes)]

    def _fetch(self, folder: str, items: str) -> list[Any]:
        with self.program() as client:
            _, [count] = client.select(f'"{folder}"', readonly=True)
            return client.fetch("1:*", items)[1] if count != b"0" else []


def mail_of(subject: str, *, sender: str = "eva@kund.example", text: str = "It does not light up.") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "support@firma.example", subject
    mail["Message-ID"] = f"<{next(_numbers)}.{time.time_ns()}@kund.example>"
    mail.set_content(text)
    return mail.as_bytes().replace(b"\n", b"\r\n")


@contextmanager
def dovecot(**more: Any) -> Iterator[Dovecot]:
    """In a folder that its own users can reach, which those of pytest are not."""
    if not _can_run():
        pytest.skip("Dovecot is not installed, or we are not root: scripts/install-test-servers")
    with tempfile.TemporaryDirectory(prefix="kanal-dovecot-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = Dovecot(Path(folder), **more)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _can_run() -> bool:
    return os.geteuid() == 0 and bool(_binary()) and Path("/usr/lib/dovecot/imap").exists()


def _binary() -> str:
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin") or ""


def _version() -> tuple[int, ...]:
    said = subprocess.run([_binary(), "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said.split()[0])[:3])


def _own(folder: Path) -> None:
    for each in [folder, *folder.rglob("*")]:
        os.chown(each, _UID, _GID)


_UID = pwd.getpwnam("mail").pw_uid
_GID = grp.getgrnam("mail").gr_gid


def _config(server: Dovecot) -> str:
    version = _version()
    lines = _OF_2_4 if version >= (2, 4) else _OF_2_3
    return lines.format(
        version=".".join(map(str, version)),
        folder=server.folder,
        port=server.port,
        tls_port=server.tls_port,
        certificate=server.certificate,
        key=server.key,
        password=PASSWORD,
        uid=_UID,
        gid=_GID,
        quota=server.quota,
        capability="" if server.idle else _NO_IDLE[version >= (2, 4)],
        connections=server.connections,
        mailboxes="\n".join(_MAILBOXES if server.sent else _MAILBOXES[1:]),
    )


_MAILBOXES = [
    f"  mailbox {name} {{\n    auto = create\n    special_use = \\{use}\n  }}"
    for name, use in (("Skickat", "Sent"), ("Trash", "Trash"), ("Junk", "Junk"))
]
_NO_IDLE = ("imap_capability = IMAP4rev1 UIDPLUS SPECIAL-USE", "imap_capability {\n  IDLE = no\n}")
_COMMON = """
{capability}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
listen = 127.0.0.1
ssl = yes
auth_mechanisms = plain login
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = {connections}
auth_failure_delay = 0
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  unix_listener {folder}/sasl {{
    mode = 0666
  }}
}}
namespace inbox {{
  inbox = yes
{mailboxes}
}}
"""
_OF_2_3 = (
    _COMMON
    + """
protocols = imap
disable_plaintext_auth = no
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:~/Maildir
mail_plugins = quota acl
protocol imap {{
  mail_plugins = quota acl imap_quota imap_acl
}}
plugin {{
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage={quota}
  acl = vfile
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""
)
_OF_2_4 = (
    "dovecot_config_version = {version}\ndovecot_storage_version = {version}\n"
    + _COMMON
    + """
protocols = imap
auth_allow_cleartext = yes
ssl_server_cert_file = {certificate}
ssl_server_key_file = {key}
mail_driver = maildir
mail_path = ~/Maildir
mail_plugins {{
  quota = yes
  acl = yes
}}
protocol imap {{
  mail_plugins {{
    imap_quota = yes
    imap_acl = yes
  }}
}}
quota "User quota" {{
  driver = count
  storage_size = {quota}
}}
acl_driver = vfile
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}/mail/%{{user}}
  }}
}}
"""
)
