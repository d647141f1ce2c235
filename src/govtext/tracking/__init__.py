"""Experiments recorded with MLflow, the only place that knows it: runs, figures, registry.

Importing this package is light; MLflow itself (`pip install 'govtext[tracking]'`) is imported when
a store is first used.
"""

from govtext.tracking.reap import reap_dead_runs as reap_dead_runs
from govtext.tracking.record import Run as Run
from govtext.tracking.registry import ModelVersion as ModelVersion
from govtext.tracking.registry import check_names as check_names
from govtext.tracking.registry import fetch_model as fetch_model
from govtext.tracking.registry import set_alias as set_alias
from govtext.tracking.run import start_run as start_run
from govtext.tracking.send import send_kept as send_kept
from govtext.tracking.store import Store as Store
from govtext.tracking.store import find_store as find_store
from govtext.tracking.ui import serve_ui as serve_ui
from govtext.tracking.ui import ui_command as ui_command
