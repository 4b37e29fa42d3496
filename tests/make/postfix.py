"""A real Postfix on loopback, in a folder of its own: it takes mail for the mailboxes of a Dovecot and puts it there,
and takes mail from their users, whose passwords it asks that Dovecot for."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kanal.cli.bench.running import free_ports
from kanal.kit import processes
from tests.make.dovecot import HOST, PASSWORD, Dovecot, User

DAEMONS = Path("/usr/lib/postfix/sbin")
PATIENCE = 20.0


class Postfix:
    """`port` speaks plain text and STARTTLS, `tls_port` TLS with the Dovecot's certificate, for which nobody vouches.
    Mail for other domains than the mailboxes' goes to `outside` (a port), or nowhere."""

    def __init__(self, folder: Path, dovecot: Dovecot, users: Sequence[User], outside: int | None) -> None:
        self.folder = folder
        self.dovecot = dovecot
        self.users = users
        self.outside = outside
        self.port, self.tls_port = free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._write_config()
        with (self.folder / "said").open("ab") as said:
            self._process = subprocess.Popen(
                ["/usr/sbin/postfix", "-c", str(self.folder / "etc"), "start-fg"],
                stdout=said,
                stderr=said,
                preexec_fn=processes.die_with_parent(signal.SIGTERM),
            )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < end, self.log()
            assert self._process.poll() is None, self.log()
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            processes.end(self._process, (signal.SIGTERM, 10.0))
            self._process = None

    def smtp(self, user: User, **more: Any) -> dict[str, Any]:
        """What an admin fills in for mail that leaves from this mailbox."""
        filled = {"host": HOST, "port": self.port, "security": "none", "user": user.name, "password": PASSWORD}
        return filled | more

    def deliver(self, mail: bytes, *to: str, sender: str = "eva@kund.example") -> None:
        """As the mail server of somebody outside does."""
        with smtplib.SMTP(HOST, self.port, timeout=10) as client:
            client.sendmail(sender, to, mail)

    def log(self) -> str:
        return "".join(path.read_text() for path in (self.folder / "said", self.folder / "log") if path.exists())

    def _answers(self) -> bool:
        try:
            with smtplib.SMTP(HOST, self.port, timeout=1):
                return True
        except (OSError, smtplib.SMTPException):
            return False

    def _write_config(self) -> None:
        etc, queue, data = (self.folder / name for name in ("etc", "queue", "data"))
        for each in (etc, queue, data):
            each.mkdir(exist_ok=True)
        os.chown(data, pwd.getpwnam("postfix").pw_uid, -1)
        mailboxes = "".join(f"{user.name} {user.name}/Maildir/\n" for user in self.users)
        (etc / "mailboxes").write_text(mailboxes)
        mail = pwd.getpwnam("mail")
        filled = {"port": self.port, "tls_port": self.tls_port}
        (etc / "master.cf").write_text(_MASTER.format(**filled))
        (etc / "main.cf").write_text(
            _MAIN.format(
                folder=self.folder,
                domains=" ".join(sorted({user.name.rpartition("@")[2] for user in self.users})),
                dovecot=self.dovecot.folder,
                certificate=self.dovecot.certificate,
                key=self.dovecot.key,
                uid=mail.pw_uid,
                gid=mail.pw_gid,
                elsewhere=f"smtp:[{HOST}]:{self.outside}" if self.outside else "discard:",
            )
        )


@contextmanager
def postfix(dovecot: Dovecot, users: Sequence[User], *, outside: int | None = None) -> Iterator[Postfix]:
    """Delivers into the mailboxes of `users`."""
    if os.geteuid() != 0 or not (DAEMONS / "master").exists() or not shutil.which("postfix", path="/usr/sbin"):
        pytest.skip("Postfix is not installed, or we are not root: scripts/install-test-servers")
    with tempfile.TemporaryDirectory(prefix="kanal-postfix-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = Postfix(Path(folder), dovecot, users, outside)
        server.start()
        try:
            yield server
        finally:
            server.stop()


_MAIN = """
compatibility_level = 3.6
mail_owner = postfix
setgid_group = postdrop
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.firma.example
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = texthash:{folder}/etc/mailboxes
virtual_mailbox_base = {dovecot}/mail
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
default_transport = {elsewhere}
relay_transport = {elsewhere}
smtp_tls_security_level = none
smtputf8_enable = yes
smtpd_tls_security_level = may
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {dovecot}/sasl
smtpd_sasl_tls_security_options = noanonymous
smtpd_sasl_security_options = noanonymous
smtpd_client_restrictions =
smtpd_recipient_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_delay_reject = no
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
