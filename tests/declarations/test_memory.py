"""What is freed is used again."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import resource
from minassa.declarations.memory import keep_memory_at_hand

keep_memory_at_hand()

def pages_asked() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    del [bytes(bytearray(12_000)) for _ in range(2_000)][:]
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

print(pages_asked(), pages_asked())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only the allocator of GNU systems is told")
def test_the_memory_of_files_read_is_used_again_for_the_next_ones() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    first, second = map(int, done.stdout.split())
    assert first > 4_000
    assert second < first / 10
