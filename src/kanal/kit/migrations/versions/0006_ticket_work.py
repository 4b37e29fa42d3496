"""Merged, split, linked, followed, deleted tickets; mentions: the statements stand in the file of this name."""

from kanal.kit.migrations import run_file_beside

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_file_beside(__file__)
