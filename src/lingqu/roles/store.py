"""Where this installation keeps its files, and who sweeps there."""

from pathlib import Path

from lingqu.modules.files.api import sweep_files, sweep_strays
from lingqu.runtime.engines.home import Home
from lingqu.runtime.jobs import Schedule
from lingqu.runtime.objects import Objects
from lingqu.runtime.settings import Settings
from lingqu.runtime.tx import Tx

_HOUR_S, _DAY_S = 3_600, 86_400


def objects(settings: Settings, *, is_durable: bool = True) -> Objects:
    """Open the store: the bucket that the settings name, or a folder of the home.

    With an archive the folder's new objects are copied there too, so that a restore to a later instant finds them.
    """
    if settings.objects_url:
        return Objects(settings.objects_url)
    copies = Path(settings.archive) / "objects" if settings.archive else None
    return Objects(Home(Path(settings.home)).objects, copies=copies, is_durable=is_durable)


def sweep_schedules(settings: Settings) -> tuple[Schedule, ...]:
    """Describe the work that lets go of what nobody uses."""
    store = objects(settings)

    async def files(tx: Tx) -> bool:
        return await sweep_files(tx, objects=store)

    async def strays(tx: Tx) -> bool:
        return await sweep_strays(tx, objects=store)

    return Schedule("files.sweep", _HOUR_S, files), Schedule("files.sweep-strays", _DAY_S, strays)
