"""The foundation; the statements stand in the file of the same name."""

from kanal.kit.migrations import run_file_beside

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_file_beside(__file__)
