"""A role that has work to finish in the database when it is told to stop: role.py NAME READY_FILE"""

import os
import signal
import sys
import threading
from pathlib import Path

import psycopg

name, ready = sys.argv[1:]
told = threading.Event()
signal.signal(signal.SIGTERM, lambda _number, _frame: told.set())
Path(ready).write_text(str(os.getpid()))
while not told.wait(0.05):
    pass
with psycopg.connect(os.environ["LINGQU_DATABASE_URL"]) as connection:
    connection.execute("create table if not exists drained (name text, at timestamptz default clock_timestamp())")
    connection.execute("insert into drained (name) values (%s)", (name,))
