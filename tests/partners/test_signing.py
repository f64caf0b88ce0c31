"""Signatures as every library of the standard verifies them."""

import base64

from lingqu.kernel.secret import new_secret
from lingqu.modules.partners.signing import sign, signing_secret


def test_the_example_of_the_standard() -> None:
    signature = sign(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp_s=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_two_secrets_sign_side_by_side() -> None:
    first, second = signing_secret(new_secret()), signing_secret(new_secret())
    both = sign([first, second], id="a", timestamp_s=1, body=b"b")
    assert both.split() == [sign([one], id="a", timestamp_s=1, body=b"b") for one in (first, second)]
    assert first != second


def test_a_secret_is_256_bits_in_the_form_of_the_standard() -> None:
    secret = signing_secret(new_secret())
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 32
