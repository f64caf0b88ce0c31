import threading
from pathlib import Path

from lingqu.runtime.engines.home import Home


def test_the_operator_names_the_home() -> None:
    assert Home.find({"LINGQU_HOME": "/data/lingqu", "XDG_DATA_HOME": "/x"}).path == Path("/data/lingqu")
    assert Home.find({"XDG_DATA_HOME": "/x"}).path == Path("/x/lingqu")
    assert Home.find({}).path == Path.home() / ".local/share/lingqu"


def test_a_secret_is_drawn_once_even_by_many_at_once(home: Home) -> None:
    home.create()
    drawn: list[str] = []
    threads = [threading.Thread(target=lambda: drawn.append(home.secret("key"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 16
    assert len(set(drawn)) == 1
    assert home.secret("key") == drawn[0]
    assert home.secret("other") != drawn[0]
    assert sorted(file.name for file in home.secrets.iterdir()) == ["key", "other"]


def test_a_folder_that_is_there_keeps_its_permissions(home: Home) -> None:
    home.path.mkdir(mode=0o750)
    home.create()
    assert home.path.stat().st_mode & 0o777 == 0o750
