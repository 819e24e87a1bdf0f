from minassa.talent.seats.adjusting import Measured, Move, Thresholds, adjusted, moved, paf_envelope

THRESHOLDS = Thresholds(poor=5_000, good=7_500, cap=1_000)
POOR, GOOD, UNSURE = Measured(3_000, 4_900), Measured(7_600, 9_000), Measured(4_000, 6_000)


def test_seats_move_only_when_the_whole_interval_says_so_twice_in_a_row() -> None:
    assert moved([POOR], THRESHOLDS) is Move.STAY
    assert moved([POOR, UNSURE], THRESHOLDS) is Move.STAY
    assert moved([GOOD, POOR], THRESHOLDS) is Move.STAY
    assert moved([GOOD, POOR, POOR], THRESHOLDS) is Move.FEWER
    assert moved([GOOD, GOOD], THRESHOLDS) is Move.MORE


def test_seats_never_move_by_more_than_the_cap() -> None:
    assert adjusted(100, [GOOD, GOOD], THRESHOLDS) == 110
    assert adjusted(100, [POOR, POOR], THRESHOLDS) == 90
    assert adjusted(100, [POOR, UNSURE], THRESHOLDS) == 100
    assert adjusted(3, [GOOD, GOOD], THRESHOLDS) == 4
    assert adjusted(0, [GOOD, GOOD], THRESHOLDS) == 0


def test_the_envelope_of_paf_follows_graduates_at_work() -> None:
    assert paf_envelope(100, 12_000_000, 350) == 42_000_000
