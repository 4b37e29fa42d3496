"""Which tickets stand in lists, which are active, views that people save: the statements in the file of this name."""

from kanal.kit.migrations import run_file_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_file_beside(__file__)
