"""Forms, their versions and what was submitted; the statements stand in the file of the same name."""

from kanal.kit.migrations import run_file_beside

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_file_beside(__file__)
