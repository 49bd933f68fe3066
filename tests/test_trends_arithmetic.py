"""The figures that trends rest on, held against published ones; none of them needs a library."""

import random
import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mkdocs_postmortems.trends.claims import (
    FEWEST_TIMES,
    Verdict,
    compare_counts,
    compare_times,
)
from mkdocs_postmortems.trends.intervals import (
    median_interval,
    poisson_interval,
    share,
    wilson_interval,
)
from mkdocs_postmortems.trends.periods import Kind, period_of, periods
from mkdocs_postmortems.trends.survival import Wait, median_wait, share_over

# Freireich et al. (1963), weeks in remission; + marks those who were still in remission.
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def waits(weeks: str) -> list[Wait]:
    return [Wait(int(week.rstrip("+")), not week.endswith("+")) for week in weeks.split()]


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.69), (1, 0.03, 5.57), (3, 0.62, 8.77), (5, 1.62, 11.67), (10, 4.80, 18.39)],
)
def test_counts_have_the_exact_poisson_interval(count: int, low: float, high: float) -> None:
    found = poisson_interval(count)
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


@given(st.integers(0, 5000))
def test_the_poisson_interval_is_that_of_its_definition(count: int) -> None:
    low, high = poisson_interval(count)
    assert stats.poisson.cdf(count, high) == pytest.approx(0.025)
    assert count == 0 or stats.poisson.sf(count - 1, low) == pytest.approx(0.025)


@pytest.mark.parametrize(("now", "before", "p"), [(5, 1, 0.22), (10, 3, 0.092), (6, 0, 0.031)])
def test_two_counts_are_compared_by_the_conditional_binomial_test(
    now: int, before: int, p: float
) -> None:
    for comparison in (compare_counts(now, before), compare_counts(before, now)):
        assert float(f"{comparison.p:.2g}") == p


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        ((6, 4), "no detectable change, 6 against 4"),
        ((0, 0), "no detectable change, 0 against 0"),
        ((5, 1), "no detectable change, 5 against 1"),
        ((6, 0), "more incidents, 6 against 0"),
        ((3, 12), "fewer incidents, 3 against 12"),
        ((3, 12, 31, 30), "fewer incidents, 3 against 12"),
        # As many in a fifth of the time is more.
        ((9, 9, 18, 92), "more incidents, 9 against 9 (in 18 and 92 days)"),
        ((0, 4, 5, 92), "no detectable change, 0 against 4 (in 5 and 92 days)"),
        ((3, 3, 0, 92), "no detectable change, 3 against 3 (in 0 and 92 days)"),
    ],
)
def test_the_wording_follows_the_evidence(counted: tuple[int, ...], sentence: str) -> None:
    assert compare_counts(*counted).sentence == sentence


def test_a_record_that_begins_late_does_not_seem_to_get_worse() -> None:
    """One incident in November, when the archive began, and eight in the year after."""
    opened = date(2023, 11, 16)
    assert compare_counts(8, 1, 366, 365).verdict is Verdict.MORE
    # Its incident is there by definition: one on the last day of a year is no worse a year.
    assert compare_counts(3, 1, 366, 1).verdict is Verdict.FEWER
    assert compare_counts(3, 1, 366, 1, opened).verdict is Verdict.NO_CHANGE
    found = compare_counts(8, 1, 366, 45, opened)
    assert found.sentence == "no detectable change, 8 against 1 (the record begins on 2023-11-16)"


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_shares_have_the_wilson_interval(count: int, n: int, low: float, high: float) -> None:
    found = wilson_interval(count, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_share_of_nothing_is_not_zero() -> None:
    assert share(0, 0, 3).value is None
    assert share(0, 0, 3).interval is None
    assert share(0, 0, 3).missing == 3
    assert share(1, 4).value == 0.25


@given(st.integers(1, 400))
def test_the_interval_of_the_median_holds_what_scipy_says(n: int) -> None:
    values = list(range(n))
    found = median_interval(values)
    expected = stats.quantile_test(values, p=0.5).confidence_interval(0.95)
    if n < 6:
        assert found is None
    else:
        assert found == (expected.low, expected.high)


def test_time_to_close_reproduces_the_remission_trial() -> None:
    """Kaplan-Meier estimates as in Klein and Moeschberger, Survival Analysis, table 4.1."""
    steps = share_over(waits(SIX_MP))
    assert {step.days: round(1 - step.share, 3) for step in steps} == {
        6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448
    }  # fmt: skip
    assert median_wait(steps) == 23
    placebo = share_over(waits(PLACEBO))
    assert median_wait(placebo) == 8
    assert placebo[-1].share == 1
    assert placebo[-1].interval is None
    # Without a wait that goes on it is the plain share.
    assert next(step.share for step in placebo if step.days == 8) == pytest.approx(13 / 21)


def test_the_band_of_time_to_close_is_on_the_log_log_scale() -> None:
    first = share_over(waits(SIX_MP))[0]
    assert first.interval is not None
    # S ** exp(+-1.96 se / (S log S)) with S = 18/21 and Greenwood's variance 3 / (21 * 18).
    assert [round(1 - end, 3) for end in first.interval] == [0.952, 0.620]


def test_nothing_closed_gives_no_curve() -> None:
    assert share_over([]) == ()
    assert share_over([Wait(5, over=False)]) == ()
    assert median_wait(()) is None
    assert median_wait(share_over(waits("3 9+ 9+"))) is None


@pytest.mark.parametrize(
    ("kind", "day", "name", "title", "begins", "ends"),
    [
        (Kind.MONTH, "2024-02-29", "2024-02", "February 2024", "2024-02-01", "2024-03-01"),
        (Kind.MONTH, "2023-12-31", "2023-12", "December 2023", "2023-12-01", "2024-01-01"),
        (Kind.QUARTER, "2024-03-31", "2024-q1", "Q1 2024", "2024-01-01", "2024-04-01"),
        (Kind.QUARTER, "2024-12-31", "2024-q4", "Q4 2024", "2024-10-01", "2025-01-01"),
        (Kind.YEAR, "2024-07-01", "2024", "2024", "2024-01-01", "2025-01-01"),
    ],
)
def test_a_day_lies_in_its_period(  # noqa: PLR0913, PLR0917
    kind: Kind, day: str, name: str, title: str, begins: str, ends: str
) -> None:
    found = period_of(kind, date.fromisoformat(day), date(2025, 6, 1))
    assert (found.name, found.title) == (name, title)
    assert (found.begins.isoformat(), found.ends.isoformat()) == (begins, ends)
    assert date.fromisoformat(day) in found
    assert found.ends not in found
    assert None not in found
    assert found.is_finished
    assert found.elapsed == 1


def test_the_period_of_today_is_unfinished() -> None:
    found = period_of(Kind.QUARTER, date(2024, 5, 1), date(2024, 5, 1))
    assert not found.is_finished
    assert found.days == 31
    assert found.elapsed == pytest.approx(31 / 91)
    assert not period_of(Kind.YEAR, date(2024, 5, 1), date(2024, 12, 31)).is_finished
    assert period_of(Kind.YEAR, date(2024, 5, 1), date(2025, 1, 1)).is_finished


@given(st.sampled_from(Kind), st.dates(date(1990, 1, 1)), st.integers(0, 4000))
def test_periods_follow_each_other_without_a_gap(kind: Kind, first: date, days: int) -> None:
    today = date.fromordinal(min(first.toordinal() + days, date(9998, 1, 1).toordinal()))
    found = periods(kind, min(first, today), today)
    assert min(first, today) in found[0]
    assert today in found[-1]
    assert all(one.ends == other.begins for one, other in pairwise(found))
    assert [period.is_finished for period in found] == [True] * (len(found) - 1) + [False]


def test_there_are_no_periods_without_a_beginning() -> None:
    assert periods(Kind.MONTH, None, date(2024, 1, 1)) == ()


def poisson(rate: float, draw: random.Random) -> int:
    """How many arrivals there are in one unit of time."""
    count, clock = 0, draw.expovariate(rate)
    while clock < 1:
        count, clock = count + 1, clock + draw.expovariate(rate)
    return count


def test_without_a_change_hardly_any_comparison_claims_one() -> None:
    draw = random.Random(20241108)
    verdicts = []
    for _ in range(1000):
        rate = draw.choice([0.5, 2, 4, 8, 15])
        quarters = [poisson(rate, draw) for _ in range(8)]
        verdicts += [compare_counts(now, before).verdict for before, now in pairwise(quarters)]
        # The last one has run for a third of its days.
        begun = poisson(rate / 3, draw)
        verdicts.append(compare_counts(begun, quarters[-1], 30, 90).verdict)
        verdicts.append(compare_counts(sum(quarters[4:]), sum(quarters[:4])).verdict)
    claims = sum(verdict is not Verdict.NO_CHANGE for verdict in verdicts)
    assert 0 < claims <= 0.05 * len(verdicts)


def test_a_tripled_rate_is_seen_in_most_cases_from_thirty_incidents() -> None:
    draw = random.Random(20241109)
    seen = 0
    for _ in range(1000):
        later = sum(draw.random() < 0.75 for _ in range(30))
        seen += compare_counts(later, 30 - later).verdict is Verdict.MORE
    assert seen > 700


def test_times_are_not_compared_below_fifty_each() -> None:
    found = compare_times([1] * 12, [500] * 90)
    assert found.verdict is Verdict.TOO_FEW
    assert found.p is None
    assert found.sentence == "too few to compare, 12 against 90 where a claim takes 50 each"
    assert compare_times([1] * 49, [500] * 50).verdict is Verdict.TOO_FEW
    assert compare_times([1] * 50, [500] * 50).verdict is Verdict.SHORTER
    assert compare_times([500] * 50, [1] * 50).sentence == "longer, median of 500 against 1 minutes"


def test_times_without_a_change_hardly_ever_claim_one() -> None:
    draw = random.Random(20241110)
    size = FEWEST_TIMES + 5
    claims = 0
    for _ in range(1000):
        now, before = ([draw.lognormvariate(4, 1.2) for _ in range(size)] for _ in range(2))
        claims += compare_times(now, before).verdict is not Verdict.NO_CHANGE
    assert 0 < claims <= 20
    assert compare_times([5] * 60, [5] * 60).verdict is Verdict.NO_CHANGE


def test_checking_an_archive_does_not_load_scipy() -> None:
    code = (
        "import sys, mkdocs_postmortems.trends, mkdocs_postmortems.repeats,"
        " mkdocs_postmortems.actions, mkdocs_postmortems.coverage, mkdocs_postmortems.digest;"
        "print([name for name in sys.modules if name.startswith(('scipy', 'numpy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
