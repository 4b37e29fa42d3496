"""Mailboxes with a ledger, whose mail it is, spam lists, acknowledgements, ticket automation; the statements stand in
the file of the same name."""

from kanal.kit.migrations import run_file_beside

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_file_beside(__file__)
