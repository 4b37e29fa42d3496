"""Search; the statements stand in the file of the same name."""

from kanal.kit.migrations import run_file_beside

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_file_beside(__file__)
