"""Nothing is lost and nothing doubled when `kanal up` is killed. Small here; `kanal bench` does it with 5,000 mails."""

from __future__ import annotations

import pytest

from kanal.cli.bench import crash
from kanal.cli.bench.running import temporary_folder

pytestmark = pytest.mark.slow


def test_every_mail_that_was_taken_is_one_message_and_no_reply_leaves_twice_over_three_kills() -> None:
    plan = crash.Plan(mails=300, connections=8, kills=3, replies=60)
    with temporary_folder() as folder:
        outcome = crash.run(folder, plan)
    assert outcome.faults == []
    assert (outcome.accepted, outcome.kills) == (300, 3)
    assert outcome.arrived > 0
