"""Experiments recorded with MLflow, the only place that knows it: runs, figures, registry.

Importing this package is light; MLflow itself (`pip install 'govtext[tracking]'`) is imported when
a store is first used.
"""

from govtext.tracking.champion import RegisteredVersion as RegisteredVersion
from govtext.tracking.champion import list_versions as list_versions
from govtext.tracking.champion import registered_names as registered_names
from govtext.tracking.history import RecordedRun as RecordedRun
from govtext.tracking.history import earlier_run as earlier_run
from govtext.tracking.history import find_runs as find_runs
from govtext.tracking.history import read_curve as read_curve
from govtext.tracking.history import read_run as read_run
from govtext.tracking.history import read_table as read_table
from govtext.tracking.parts import parts_of as parts_of
from govtext.tracking.reap import reap_dead_runs as reap_dead_runs
from govtext.tracking.record import Run as Run
from govtext.tracking.registry import ModelVersion as ModelVersion
from govtext.tracking.registry import check_names as check_names
from govtext.tracking.registry import fetch_model as fetch_model
from govtext.tracking.registry import register_run_model as register_run_model
from govtext.tracking.registry import set_alias as set_alias
from govtext.tracking.run import start_run as start_run
from govtext.tracking.send import send_kept as send_kept
from govtext.tracking.store import Store as Store
from govtext.tracking.store import find_store as find_store
from govtext.tracking.ui import serve_ui as serve_ui
from govtext.tracking.ui import ui_command as ui_command
from govtext.tracking.usage import usage_in as usage_in
