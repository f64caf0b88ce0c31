"""A supervisor with both engines and two roles, run as a process of its own: family.py HOME"""

import os
import sys
from pathlib import Path

from lingqu.runtime.engines.engines import Engines
from lingqu.runtime.engines.home import Home
from lingqu.runtime.engines.process import Process
from lingqu.runtime.engines.supervise import Supervisor

engines = Engines(Home(Path(sys.argv[1])))
engines.install()
ours = engines.processes()


def role(name: str, needs: tuple[str, ...]) -> Process:
    ready = engines.home.run / f"{name}.ready"
    return Process(
        name=name,
        argv=(sys.executable, str(Path(__file__).with_name("role.py")), name, str(ready)),
        env={**os.environ, "LINGQU_DATABASE_URL": engines.database_url},
        needs=needs,
        is_ready=lambda pid: ready.exists() and ready.read_text() == str(pid),
    )


roles = [role("first", ("postgres", "nats")), role("second", ("first",))]
Supervisor(engines.home, [*ours, *roles], address="http://127.0.0.1:1").run()
