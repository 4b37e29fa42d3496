"""Conversations inboxes, and what people are told of; the statements stand in the file of the same name."""

from kanal.kit.migrations import run_file_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_file_beside(__file__)
