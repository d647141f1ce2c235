"""May a candidate take the champion's place? Its figures, and the limits that they must keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govtext.errors import InputError, TrackingError
from govtext.recipes.answers import Answers


@dataclass(frozen=True, slots=True)
class Limits:
    """What a candidate must keep, beside the champion on the same test split.

    Attributes:
        margin: Quality (macro-F1, or ROUGE-L) may be lower by less than this, for sure: the 95 %
            interval of the paired difference must lie above minus the margin. 0 asks for a
            candidate that is better beyond doubt; 0.01 lets one pass that is as good.
        calibration: The expected calibration error may be higher by as much.
        unsupported: The share of summaries that say what their source does not may be higher by
            as much.
        speed: The least share of the champion's texts a second.
    """

    margin: float = 0.0
    calibration: float = 0.02
    unsupported: float = 0.0
    speed: float = 0.5

    def __post_init__(self) -> None:
        for name in ("margin", "calibration", "unsupported", "speed"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise InputError(f"{name} is {value}, expected a number from 0 to 1")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was compared.

    Attributes:
        name: What.
        candidate: The candidate's figure, as text.
        champion: The champion's.
        limit: What was asked.
        passed: Whether the candidate keeps it.
    """

    name: str
    candidate: str
    champion: str
    limit: str
    passed: bool

    def __str__(self) -> str:
        """Return the check as a reason."""
        return f"{self.name} {self.candidate} against {self.champion}; asked: {self.limit}"


def compare_with_champion(
    candidate: Answers, champion: Answers, *, limits: Limits, speed: tuple[float, float] | None
) -> list[Check]:
    """Hold a candidate's answers on the test split against the champion's.

    Args:
        candidate: The candidate's answers.
        champion: The champion's.
        limits: What must be kept.
        speed: Texts a second of candidate and champion, measured side by side; None where the
            champion cannot be loaded any more.
    """
    try:
        difference = candidate.against(champion).interval
    except TrackingError as error:
        return [Check("test split", candidate.data[1], champion.data[1], str(error), False)]
    checks = [
        Check(
            candidate.figure,
            f"{candidate.interval()}",
            f"{champion.interval()}, difference {difference:+.3f}",
            f"the difference's 95 % interval above {-limits.margin:+.3f}",
            difference.low > -limits.margin,
        )
    ]
    if candidate.task == "classifier":
        checks.append(_calibration(candidate, champion, limits))
    else:
        checks.append(_faithfulness(candidate, champion, limits))
    return [*checks, _speed(speed, limits)]


def _calibration(candidate: Answers, champion: Answers, limits: Limits) -> Check:
    ours, theirs = candidate.calibration_error(), champion.calibration_error()
    limit = f"at most {limits.calibration:.3f} more"
    passed = ours <= theirs + limits.calibration
    return Check("calibration error", f"{ours:.3f}", f"{theirs:.3f}", limit, passed)


def _faithfulness(candidate: Answers, champion: Answers, limits: Limits) -> Check:
    ours, theirs = candidate.unsupported(), champion.unsupported()
    limit = f"at most {limits.unsupported:.1%} more"
    passed = ours <= theirs + limits.unsupported
    return Check("unsupported summaries", f"{ours:.1%}", f"{theirs:.1%}", limit, passed)


def _speed(speed: tuple[float, float] | None, limits: Limits) -> Check:
    limit = f"at least {limits.speed:.0%} of the champion's"
    if speed is None:
        return Check("texts a second", "–", "the champion cannot be loaded", limit, True)
    ours, theirs = speed
    return Check(
        "texts a second", f"{ours:.0f}", f"{theirs:.0f}", limit, ours >= limits.speed * theirs
    )


def markdown(checks: Sequence[Check]) -> str:
    """Return checks as a Markdown table."""
    lines = ["| | candidate | champion | asked | |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {c.name} | {c.candidate} | {c.champion} | {c.limit} | "
        f"{'kept' if c.passed else '**not kept**'} |"
        for c in checks
    ]
    return "\n".join(lines)
