import pytest

from accounts.devices import device_name

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{WINDOWS} Gecko/20100101 Firefox/145.0", "Firefox sur Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/143.0 Safari/537.36 Edg/143.0", "Edge sur Windows"),
        (
            f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/143.0 Safari/537.36",
            "Chrome sur Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari sur iPhone",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.0 Safari/605.1",
            "Safari sur Mac",
        ),
        ("curl/8.0", "Appareil inconnu"),
        ("", "Appareil inconnu"),
    ],
)
def test_device_is_named_in_two_words(user_agent, name):
    assert device_name(user_agent) == name
