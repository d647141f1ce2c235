"""The processes of one training, as `accelerate launch` and `torchrun` start them.

Each runs the same program on its share of every batch; where the last batch of a pass is too short
to be shared, sentences of the first fill it up. The main one alone records the run, judges
the model and writes files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from govtext.errors import InputError
from govtext.extras import require


def process_count() -> int:
    """Return how many processes train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def is_main_process() -> bool:
    """Tell whether this is the one that records and writes."""
    return os.environ.get("RANK", "0") == "0"


@contextmanager
def main_process_first() -> Iterator[None]:
    """Let the main process go through a block before the others do, which find its files."""
    if process_count() == 1:
        yield
        return
    accelerate = require("accelerate", extra="neural")
    torch = require("torch", extra="neural")
    with accelerate.PartialState(cpu=not torch.cuda.is_available()).main_process_first():
        yield


def require_one_process(what: str) -> None:
    """Refuse work that several processes cannot share.

    Raises:
        InputError: There are several.
    """
    if process_count() > 1:
        raise InputError(
            f"{what} is made by one process, but {process_count()} were started; "
            "start it without a launcher"
        )


def share_of_batch(size: int) -> int:
    """Return how much of a batch each process takes, so that a step is the same for any number.

    Raises:
        InputError: The batch cannot be shared evenly.
    """
    count = process_count()
    if size % count:
        raise InputError(
            f"batch_size is {size}, which {count} processes cannot share evenly; "
            f"choose a multiple of {count}"
        )
    return size // count
