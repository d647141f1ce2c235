"""Promote a registered model where it keeps the limits, and write down why or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from govtext.bundle.manifest import read_manifest, verify_files
from govtext.errors import ModelError, TrackingError
from govtext.recipes import gate
from govtext.recipes.answers import Answers, read_answers
from govtext.recipes.gate import Check, Limits
from govtext.recipes.mistakes import describe_mistakes
from govtext.recipes.pace import answer_one, texts_a_second
from govtext.tracking import RegisteredVersion, champion, fetch_model, read_run, start_run


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a candidate.

    Attributes:
        candidate: The version that wanted to be the champion.
        champion: The champion that it was compared with, None where there was none.
        checks: What was compared; empty where there was no champion.
        link: Address of the record of the decision in the MLflow page.
    """

    candidate: RegisteredVersion
    champion: RegisteredVersion | None
    checks: tuple[Check, ...]
    link: str

    @property
    def promoted(self) -> bool:
        """Whether the candidate is the champion now."""
        return all(check.passed for check in self.checks)

    @property
    def reason(self) -> str:
        """Say why, in one line."""
        if self.champion is None:
            return "there was no champion"
        missed = [str(check) for check in self.checks if not check.passed]
        return "; ".join(missed) or f"keeps all limits against {self.champion}"


def promote(name: str, *, version: int | None = None, limits: Limits | None = None) -> Decision:
    """Make a version the champion, where it keeps the limits beside the one that is.

    Whatever is decided is recorded as a run of the experiment `NAME-promotions` and on the
    version itself. The first version needs to keep no limit, but must load and have been tested.

    Args:
        name: The registered name.
        version: The candidate; None takes the one with the alias challenger.
        limits: None takes the defaults.

    Raises:
        ModelError: There is no such model, version or challenger; or its files are gone, damaged
            or do not answer.
        TrackingError: Another promotion is going on or came first, the candidate is the champion
            already, its run recorded no answers on a test split, or the store fails.
    """
    limits = limits or Limits()
    with champion.promotion_lock(name):
        candidate = _candidate(name, version)
        current = champion.find_version(name, champion.CHAMPION)
        if current is not None and current.version == candidate.version:
            raise TrackingError(f"{candidate} is the champion already")
        answers = _answers(candidate)
        folder = _working_folder(candidate, answers)
        checks = _compare(folder, answers, current, limits) if current else []
        return _decide(candidate, current, answers, checks, limits)


def rollback(name: str) -> tuple[RegisteredVersion, RegisteredVersion]:
    """Make the champion before the champion again, and return the two: from and to.

    Raises:
        ModelError: There is no such model or champion, or none before it.
        TrackingError: A promotion is going on, or the store fails.
    """
    with champion.promotion_lock(name):
        current = champion.find_version(name, champion.CHAMPION)
        if current is None:
            raise ModelError(f"{name} has no champion; there is nothing to roll back")
        before = champion.champion_before(current)
        answers = _answers(before)
        _working_folder(before, answers)
        with start_run(
            experiment=f"{name}-promotions",
            name=f"rollback from version {current.version} to {before.version}",
            config={"from": current.version, "to": before.version},
            seed=0,
            tags={"govtext.kind": "rollback", "govtext.task": answers.task},
            description=f"**Rolled back**: {before} is the champion again, instead of {current}.",
        ):
            text = _describe_champion(before, answers)
            champion.restore(before, instead_of=current, description=text)
            champion.note_on_experiment(answers.run, f"`{name}`: {text}")
        return current, before


def _candidate(name: str, version: int | None) -> RegisteredVersion:
    found = champion.find_version(name, champion.CHALLENGER if version is None else version)
    if found is not None:
        return found
    known = ", ".join(str(item.version) for item in champion.list_versions(name))
    if version is None:
        raise ModelError(f"{name} has no challenger; name the version: {known}")
    raise ModelError(f"{name} has no version {version}; it has {known}")


def _answers(version: RegisteredVersion) -> Answers:
    answers = read_answers(read_run(version.run_id)) if version.run_id else None
    if answers is None:
        raise TrackingError(
            f"{version}: its run recorded no answers on a test split, so nothing is known of it; "
            "train it with govtext train"
        )
    return answers


def _working_folder(version: RegisteredVersion, answers: Answers) -> Path:
    """Return the folder of a version whose files are whole and which answers."""
    try:
        folder = fetch_model(version.uri)
        verify_files(folder, read_manifest(folder, task=answers.task))
        answer_one(folder, answers)
    except ModelError as error:
        raise ModelError(f"{version} is broken and cannot ship: {error}") from error
    return folder


def _compare(
    folder: Path, answers: Answers, current: RegisteredVersion, limits: Limits
) -> list[Check]:
    theirs = _answers(current)
    try:
        speed = texts_a_second(folder, _working_folder(current, theirs), answers)
    except ModelError:
        speed = None
    return gate.compare_with_champion(answers, theirs, limits=limits, speed=speed)


def _decide(
    candidate: RegisteredVersion,
    current: RegisteredVersion | None,
    answers: Answers,
    checks: Sequence[Check],
    limits: Limits,
) -> Decision:
    undecided = Decision(candidate, current, tuple(checks), link="")
    verdict = "promoted" if undecided.promoted else "refused"
    against = f"version {current.version}" if current else "none"
    table = gate.markdown(checks) if checks else ""
    with start_run(
        experiment=f"{candidate.name}-promotions",
        name=f"version {candidate.version} against {against}: {verdict}",
        config={
            "candidate": candidate.version,
            "champion": current.version if current else None,
            "limits": asdict(limits),
        },
        seed=0,
        tags={"govtext.kind": "promotion", "govtext.task": answers.task},
        description=f"**{candidate} {verdict}**: {undecided.reason}.\n\n{table}".strip(),
    ) as run:
        if undecided.promoted:
            text = _describe_champion(candidate, answers)
            champion.crown(candidate, instead_of=current, description=text)
            champion.note_on_experiment(answers.run, f"`{candidate.name}`: {text}")
        champion.note_on_version(
            candidate,
            tags={
                "govtext.gate": verdict,
                "govtext.gate.reason": undecided.reason,
                "govtext.gate.time": f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC",
                "govtext.gate.run": run.id,
            },
            description=f"**{verdict.capitalize()}**: {undecided.reason}.\n\n{table}\n\n"
            + _facts(answers),
        )
        return Decision(candidate, current, tuple(checks), link=run.link)


def _describe_champion(version: RegisteredVersion, answers: Answers) -> str:
    return (
        f"**Version {version.version} ships**: {answers.figure} {answers.interval()} on its test "
        f"split (the champion since {datetime.now(tz=UTC):%Y-%m-%d}).\n\n{_facts(answers)}\n\n"
        f'Use it: `model="models:/{version.name}@champion"` of `govtext.'
        f"{'predict' if answers.task == 'classifier' else 'summarize'}`."
    )


def _facts(answers: Answers) -> str:
    """Say on which data, how sure, and what it gets wrong."""
    unit = "sentences" if answers.task == "classifier" else "texts"
    train = answers.run.data.get("train", ("unknown data", "?"))
    lines = [
        f"how good: {answers.figure} {answers.interval()} on {len(answers.rows)} {unit} of "
        f"{len(set(answers.groups))} reports it was not trained on (95 % interval over reports)",
        f"on which data: trained on `{train[0]}` (digest {train[1]}), tested on "
        f"`{answers.data[0]}` (digest {answers.data[1]}), by run {answers.run}",
        f"what it gets wrong: {describe_mistakes(answers)}; sentence by sentence in `mistakes.md` "
        "among the artifacts of its source run",
    ]
    if answers.task == "classifier":
        lines.insert(
            1,
            "how sure: its scores are off by "
            f"{answers.calibration_error():.3f} on average (expected calibration error)",
        )
    return "\n".join(f"- {line}" for line in lines)
