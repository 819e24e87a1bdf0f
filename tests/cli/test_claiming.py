from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from minassa.cli.claiming import ACTS
from minassa.cli.main import minassa


@pytest.mark.parametrize("words", [*([act] for act in ACTS), ["draw", "automne"]])
def test_where_no_platform_ever_was_it_is_said_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    result = CliRunner().invoke(minassa, ["--workspace", str(tmp_path), "claims", *words])
    assert result.exit_code == 1
    assert "PLATFORM-NEVER-UP" in result.output
    assert not list(tmp_path.iterdir())


def test_the_group_says_what_each_command_does() -> None:
    result = CliRunner().invoke(minassa, ["claims", "--help"])
    assert result.exit_code == 0
    said = " ".join(result.output.split())
    assert all(line[:40] in said for line in ACTS.values())
