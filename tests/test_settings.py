"""The settings: from the environment or a `.env` file, all faults at once, no secret ever shown."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.settings import Settings, load_settings, load_settings_for_rules

TOKEN = "123456789:AAtestTESTtestTESTtestTESTtestTESTtes"
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty environment, in a folder without a `.env` file."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def told() -> list[str]:
    with pytest.raises(SettingsError) as raised:
        load_settings()
    return [str(fault) for fault in raised.value.faults]


def test_everything_but_the_token_has_a_default() -> None:
    settings = load_settings()

    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/inquiries.db"
    assert settings.routing_rules == Path("routing_rules.yaml")
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert (settings.telegram_pacing, settings.log_level, settings.log_format) == ("on", "INFO", "text")


READ = [
    ("TELEGRAM_API_URL", "http://127.0.0.1:8081/", "telegram_api_url", "http://127.0.0.1:8081"),
    ("DATABASE_URL", "sqlite:////srv/bot.db", "database_url", "sqlite:////srv/bot.db"),
    ("ROUTING_RULES", "/etc/rules.yaml", "routing_rules", Path("/etc/rules.yaml")),
    ("HTTP_HOST", "0.0.0.0", "http_host", "0.0.0.0"),
    ("HTTP_PORT", "0", "http_port", 0),
    ("HTTP_PORT", "65535", "http_port", 65535),
    ("HEALTH_PORT", "9090", "health_port", 9090),
    ("HEALTH_PORT", "", "health_port", None),
    ("TELEGRAM_PACING", "off", "telegram_pacing", "off"),
    ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
    ("LOG_FORMAT", "json", "log_format", "json"),
]


@pytest.mark.parametrize(("name", "value", "attribute", "read"), READ, ids=[f"{row[0]}={row[1]}" for row in READ])
def test_a_setting_is_read(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, attribute: str, read: object
) -> None:
    monkeypatch.setenv(name, value)

    assert getattr(load_settings(), attribute) == read


FAULTS = [
    ("HTTP_PORT", "acht", "HTTP_PORT: 'acht': ", "Write a number from 0 to 65535."),
    ("HTTP_PORT", "65536", "HTTP_PORT: '65536': ", "Write a number from 0 to 65535."),
    ("HTTP_PORT", "-1", "HTTP_PORT: '-1': ", "Write a number from 0 to 65535."),
    ("HTTP_PORT", "", "HTTP_PORT: '': ", "Write a number from 0 to 65535."),
    ("LOG_LEVEL", "loud", "LOG_LEVEL: 'loud': ", "Write DEBUG, INFO, WARNING or ERROR."),
    ("LOG_FORMAT", "xml", "LOG_FORMAT: 'xml': ", "Write text or json."),
    ("TELEGRAM_PACING", "no", "TELEGRAM_PACING: 'no': ", "Write on or off."),
    ("TELEGRAM_API_URL", "api.telegram.org", "TELEGRAM_API_URL: 'api.telegram.org': must begin with https://", ""),
    ("TELEGRAM_API_URL", "http://[", "TELEGRAM_API_URL: 'http://[': is no address", ""),
    ("TELEGRAM_API_URL", "http://a b", "TELEGRAM_API_URL: 'http://a b': is no address", ""),
    ("TELEGRAM_API_URL", "https://x:acht", "TELEGRAM_API_URL: 'https://x:acht': is no address", ""),
    ("TELEGRAM_API_URL", "https://x:99999", "TELEGRAM_API_URL: 'https://x:99999': is no address", ""),
    ("TELEGRAM_API_URL", "https://", "TELEGRAM_API_URL: 'https://': must be https:// with a host", ""),
    ("TELEGRAM_API_URL", "https://x/?a=b", "TELEGRAM_API_URL: 'https://x/?a=b': must be https:// with a host", ""),
    ("DATABASE_URL", "postgresql://host/db", "DATABASE_URL: 'postgresql://host/db': must be sqlite:///", ""),
    ("DATABASE_URL", "sqlite:///", "DATABASE_URL: 'sqlite:///': must be sqlite:/// and a path", ""),
    ("HEALTH_PORT", "acht", "HEALTH_PORT: 'acht': ", "or leave it empty for no health pages."),
]


@pytest.mark.parametrize(("name", "value", "where", "mend"), FAULTS, ids=[f"{row[0]}={row[1]}" for row in FAULTS])
def test_a_fault_is_told_with_its_value_and_a_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, where: str, mend: str
) -> None:
    monkeypatch.setenv(name, value)

    [fault] = told()
    assert fault.startswith(where)
    assert fault.endswith(mend or ".")


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value, *_ in FAULTS:
        monkeypatch.setenv(name, value)

    assert sorted(fault.partition(":")[0] for fault in told()) == sorted({name for name, *_ in FAULTS})


HIDDEN = [
    (
        "TELEGRAM_API_URL",
        f"https://api.telegram.org/bot{TOKEN}",
        "https://api.telegram.org/bot…",
        "must end before /bot",
    ),
    ("TELEGRAM_API_URL", f"api.telegram.org/bot{TOKEN}", "api.telegram.org/bot…", "must begin with https://"),
    ("TELEGRAM_API_URL", "ftp://user:word@x", "ftp://…@x", "must begin with https://"),
    ("WEBHOOK_URL", f"https://x/{TOKEN}?a", "https://x/…?a", "must end with its path"),
    ("WEBHOOK_URL", "https://user:word@x/", "https://…@x/", "must be https:// with a host"),
    ("WEBHOOK_URL", "https:/user:word@x/", "https:/…@x/", "must be https:// with a host"),
    ("WEBHOOK_URL", "user:word@x/", "…@x/", "must be https:// with a host"),
    ("DATABASE_URL", "postgresql://user:word@host/db", "postgresql://…@host/db", "must be sqlite:///"),
    ("DATABASE_URL", "postgresql:user:word@host/db", "…@host/db", "must be sqlite:///"),
    ("LOG_LEVEL", TOKEN, "…", "Input should be"),
]


@pytest.mark.parametrize(("name", "value", "shown", "what"), HIDDEN, ids=[f"{row[0]}={row[2]}" for row in HIDDEN])
def test_a_token_or_a_password_in_the_wrong_place_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, shown: str, what: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)

    [fault] = told()
    assert fault.startswith(f"{name}: '{shown}': {what}")


SECRET = "s" * 16
WEBHOOKS = [
    ("https://bot.example.org", ""),
    ("https://bot.example.org:8443/office/bot", ""),
    ("bot.example.org/telegram", "must be https:// with a host"),
    ("https:///telegram", "must be https:// with a host"),
    ("https://bot.example.org/?a=b", "must end with its path"),
    ("https://bot.example.org:acht/", "is no address"),
    ("https://bot.example.org:0/", "is no address"),
    ("https://bot example.org/", "is no address"),
    ("http://[", "is no address"),
    ("https://bot.example.org:8080/", "Telegram delivers to the ports 443, 80, 88, 8443 only"),
    ("http://bot.example.org/", "must begin with https://"),
]


@pytest.mark.parametrize(("url", "what"), WEBHOOKS, ids=[row[0] for row in WEBHOOKS])
def test_a_webhook_is_where_telegram_can_deliver(monkeypatch: pytest.MonkeyPatch, url: str, what: str) -> None:
    monkeypatch.setenv("WEBHOOK_URL", url)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)

    if not what:
        assert load_settings().webhook_url == url
        return
    [fault] = told()
    assert fault.startswith(f"WEBHOOK_URL: {url!r}: ")
    assert what in fault
    assert fault.endswith("or unset it to poll.")


@pytest.mark.parametrize("api", ["http://api.telegram.org", "https://bots.amt.example", "nonsense", "http://["])
def test_elsewhere_than_on_this_machine_nothing_is_delivered_without_encryption(
    monkeypatch: pytest.MonkeyPatch, api: str
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", api)
    monkeypatch.setenv("WEBHOOK_URL", "http://x")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)

    assert told()[-1].startswith("WEBHOOK_URL: 'http://x': must begin with https://")


def test_a_bot_api_server_of_ones_own_may_deliver_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("WEBHOOK_URL", "http://127.0.0.1:9000/hook")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)

    assert load_settings().webhook_url == "http://127.0.0.1:9000/hook"


SECRETS = [
    ("", "not set"),
    ("short", "16 to 256"),
    ("ä" * 20, "16 to 256"),
    ("a" * 257, "16 to 256"),
    ("a b" * 9, "16"),
]


@pytest.mark.parametrize(("secret", "what"), SECRETS, ids=[row[0][:8] or "none" for row in SECRETS])
@pytest.mark.parametrize("url", ["https://bot.example.org/", "nonsense"])
def test_a_webhook_has_a_secret_nobody_guesses(
    monkeypatch: pytest.MonkeyPatch, url: str, secret: str, what: str
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", url)
    monkeypatch.setenv("WEBHOOK_SECRET", secret)

    fault = told()[-1]
    assert fault.startswith(f"WEBHOOK_SECRET: {what}" if not secret else "WEBHOOK_SECRET: must be ")
    assert what in fault
    assert "secrets.token_urlsafe(32)" in fault
    assert not secret or secret not in fault
    assert len(told()) == (1 if url.startswith("https") else 2), "all faults at once"


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "WEBHOOK_URL", "WEBHOOK_SECRET", "HEALTH_PORT"])
@pytest.mark.parametrize("value", ["", "   "])
def test_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    assert getattr(load_settings(), name.lower()) is None


TOKENS = ["garbage", "123456789", f"bot{TOKEN}", f"{TOKEN} {TOKEN}", TOKEN[:-10], TOKEN.replace(":", "")]


@pytest.mark.parametrize("token", TOKENS, ids=range(len(TOKENS)))
def test_what_is_no_token_is_told_and_not_shown(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)

    [fault] = told()
    assert fault == (
        "TELEGRAM_BOT_TOKEN: must be the bot's number, a colon and about 35 of A-Z, a-z, 0-9, _ and -. "
        "Take it from @BotFather, whole."
    )


def test_without_a_token_its_absence_is_told_with_both_remedies() -> None:
    with pytest.raises(SettingsError) as raised:
        _ = load_settings().token

    assert str(raised.value) == (
        "TELEGRAM_BOT_TOKEN: not set. Take one from @BotFather, or try the bot without an account: "
        "python -m bot playground."
    )


def test_the_token_is_shown_to_nobody_who_does_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_SECRET", "geheim-geheim-geheim")
    settings = load_settings()

    assert settings.token == TOKEN
    assert TOKEN not in f"{settings!r} {settings}"
    assert "geheim-geheim" not in f"{settings!r} {settings}"
    monkeypatch.setenv("HTTP_PORT", "acht")
    assert TOKEN not in "".join(told())


def test_a_file_beside_the_bot_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        f"# Kommentar: für Lörrach\nTELEGRAM_BOT_TOKEN={TOKEN}\nHTTP_PORT=9000\nLOG_LEVEL=warning\nOTHER_THING=1\n",
        "utf-8",
    )
    monkeypatch.setenv("HTTP_PORT", "9001")

    settings = load_settings()

    assert (settings.token, settings.http_port, settings.log_level) == (TOKEN, 9001, "WARNING")


UNREADABLE = [
    ("UTF-16 with its mark", "utf-16"),
    ("UTF-16 without one", "utf-16-le"),
    ("UTF-16 the other way round", "utf-16-be"),
    ("Latin-1", "latin-1"),
]


@pytest.mark.parametrize(("label", "encoding"), UNREADABLE, ids=[row[0] for row in UNREADABLE])
def test_a_file_that_is_not_utf_8_is_told_with_the_faults_of_its_settings(
    tmp_path: Path, label: str, encoding: str
) -> None:
    lines = f"# für Lörrach\nTELEGRAM_BOT_TOKEN={TOKEN}\nWEBHOOK_URL=https://x/\nHTTP_PORT=acht\n"
    (tmp_path / ".env").write_text(lines, encoding)

    mine, secret, port = told()
    assert mine == ".env: is not UTF-8 text. Save it as UTF-8."
    assert (secret.split(":")[0], port.split(":")[0]) == ("WEBHOOK_SECRET", "HTTP_PORT")
    assert load_settings_for_rules().telegram_bot_token is not None


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\xff", b"\xff\x00=\xaf\n='", b"\x81" * 9], ids=["a mark", "lines", "bytes"]
)
def test_a_file_that_is_no_text_is_told_once(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / ".env").write_bytes(content)

    assert told() == [".env: is not UTF-8 text. Save it as UTF-8."]
    assert caplog.text == ""


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").symlink_to(tmp_path / "elsewhere")
    assert told() == [".env: leads to a file that is not there. Make it, or delete the link."]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / ".env").write_text("HTTP_PORT=acht", "utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert told() == [".env: cannot be read (Permission denied). Give the bot's user the right to read it."]
    assert load_settings_for_rules().routing_rules == Path("routing_rules.yaml")


def test_a_folder_of_this_name_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()

    assert load_settings().telegram_bot_token is None


def test_the_example_file_holds_no_fault(tmp_path: Path) -> None:
    """Every line a person may uncomment is a setting with a value that is accepted."""
    example = (Path(__file__).parent.parent / ".env.example").read_text("utf-8")
    lines = [line.removeprefix("#") for line in example.splitlines() if "=" in line and not line.startswith("# ")]
    (tmp_path / ".env").write_text("\n".join(lines), "utf-8")

    assert load_settings() == Settings(_env_file=None)
    assert {line.partition("=")[0] for line in lines} == set(NAMES)


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValidationError):
        load_settings().http_port = 1


STAND_INS = [
    ("Telegram", "https://api.telegram.org", False),
    ("a Bot API server of one's own", "https://bots.amt.example", False),
    ("this machine by number", "http://127.0.0.1:8080", True),
    ("this machine by name", "http://localhost:8081/stand-in", True),
    ("this machine, IPv6", "http://[::1]:8080", True),
]


@pytest.mark.parametrize(("label", "url", "stand_in"), STAND_INS, ids=[row[0] for row in STAND_INS])
def test_only_what_is_served_on_this_machine_is_a_stand_in(label: str, url: str, stand_in: bool) -> None:
    assert Settings(telegram_api_url=url).is_for_stand_in is stand_in
