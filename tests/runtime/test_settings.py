import pytest

from lingqu.runtime.settings import Settings


def test_every_field_is_read_from_its_variable() -> None:
    read = Settings.read({"LINGQU_PORT": "9000", "LINGQU_IS_DEMO": "true", "LINGQU_LOG_LEVEL": "debug", "PORT": "1"})
    assert (read.port, read.is_demo, read.log_level) == (9000, True, "debug")
    assert read.host == Settings().host


def test_an_empty_variable_is_as_none() -> None:
    assert Settings.read({"LINGQU_PORT": ""}) == Settings()


@pytest.mark.parametrize(("name", "value"), [("PORT", "many"), ("LOG_LEVEL", "loud"), ("IS_DEMO", "perhaps")])
def test_a_variable_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"LINGQU_.*{name.lower()}"):
        Settings.read({f"LINGQU_{name}": value})
