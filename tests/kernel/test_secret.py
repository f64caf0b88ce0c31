import re

from lingqu.kernel.secret import new_secret


def test_a_secret_has_256_bits_and_is_never_drawn_twice() -> None:
    drawn = {new_secret() for _ in range(1000)}
    assert len(drawn) == 1000
    assert all(re.fullmatch(r"[\w-]{43}", secret) for secret in drawn)
