"""The settings: environment (or a `.env` file) in, one frozen object out, all faults reported at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.env_file import ENV_FILE, look_at_env_file
from bot.errors import Fault, SettingsError

TELEGRAM = "https://api.telegram.org"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Where Telegram delivers to (https://core.telegram.org/bots/api#setwebhook); a Bot API server of one's own takes any.
WEBHOOK_PORTS = (443, 80, 88, 8443)
_Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
# The bot's number, a colon, 35 characters (https://core.telegram.org/bots/features#botfather shows one). Longer and
# shorter ones have been seen; the log takes out whatever looks so (`bot.logs`).
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
# What stands before the @ of an address: a user and a password, also where the slashes before them are wrong.
_USER = re.compile(r"(?:(?<=//)|(?<=:/)(?!/)|(?:^|(?<='))(?!'|\w+:/)).*(?=@)")
_DATABASE_KEY = re.compile(r"\d{1,6}:[A-Za-z0-9_-]{43}=?( *, *\d{1,6}:[A-Za-z0-9_-]{43}=?)*")
# Telegram takes 1 to 256 of these; a short one could be guessed.
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
# A name, or an address of either kind; what is no part of one would be looked up for nothing.
_HOST = re.compile(r"[\w.:%-]+")


def _is_on_this_machine(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK


def _parts(url: str) -> SplitResult:
    """Return the parts of a web address.

    Raises:
        ValueError: it is none; only some of that shows before its host and its port are asked for.
    """
    try:
        parts = urlsplit(url)
        good = parts.port != 0 and (parts.hostname is None or _HOST.fullmatch(parts.hostname)) and url.isprintable()
    except ValueError:
        good = False
    if not good:
        raise ValueError("is no address")
    return parts


class SettingsForRules(BaseSettings):
    """What trying the rules takes: read by itself, so that a fault in another setting keeps nobody from it."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True)

    telegram_bot_token: SecretStr | None = None
    routing_rules: Path = Path("routing_rules.yaml")

    # Those of `Settings`, too.
    @field_validator(
        "telegram_bot_token",
        "database_key",
        "webhook_url",
        "webhook_secret",
        "health_port",
        mode="before",
        check_fields=False,
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        # `TELEGRAM_BOT_TOKEN=` in a .env file is how people leave it out.
        # A space or a line end comes along easily when a token is copied.
        return (value.strip() or None) if isinstance(value, str) else value


class Settings(SettingsForRules):
    """Everything the environment may say. Each attribute is the variable of the same name in capitals.

    Attributes:
        telegram_bot_token: from @BotFather; without it only the playground runs.
        telegram_api_url: the bot calls `<url>/bot<token>/<method>`.
        database_url: `sqlite:///` and a path, relative to where the bot is started.
        database_key: with it people's words and addresses are encrypted in the database: `number:secret`, the one that
            writes first, others only to be read behind commas.
        routing_rules: the rules file.
        webhook_url: the public address Telegram delivers to; with it the bot receives by webhook instead of polling.
        webhook_secret: what Telegram shows with each delivery; required with `webhook_url`.
        http_host, http_port: where the webhook is served, behind the proxy. The playground's page is served on
            this port too, on loopback always.
        health_host, health_port: where `/healthz`, `/readyz` and `/metrics` are served; None for nowhere, 0 for any
            free port.
        telegram_pacing: `off` only for a local stand-in, in benchmarks and crash tests.
    """

    telegram_api_url: str = TELEGRAM
    database_url: str = "sqlite:///data/inquiries.db"
    database_key: SecretStr | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    health_host: str = "127.0.0.1"
    health_port: int | None = Field(default=None, ge=0, le=65535)
    telegram_pacing: Literal["on", "off"] = "on"
    log_level: _Level = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("must be the bot's number, a colon and about 35 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        upper = value.upper() if isinstance(value, str) else value
        return upper if upper in get_args(_Level) else value  # a fault quotes what was written

    @field_validator("telegram_api_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        parts = _parts(value)
        if parts.scheme not in ("http", "https"):
            raise ValueError("must begin with https:// or http://")
        if not parts.hostname or parts.fragment or parts.query:
            raise ValueError("must be https:// with a host, and without ? and #")
        if _TOKEN.search(value):
            raise ValueError("must end before /bot and the token, which the bot adds by itself")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_sqlite(cls, value: str) -> str:
        # What SQLite keeps in memory is gone at the end, and every connection has its own.
        if not value.startswith("sqlite:///") or value in ("sqlite:///", "sqlite:///:memory:"):
            raise ValueError("must be sqlite:/// and a path, for example sqlite:///data/inquiries.db")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _can_be_delivered_to(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        parts = _parts(value)
        port = parts.port or (80 if parts.scheme == "http" else 443)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise ValueError("must be https:// with a host, and without a user or a password")
        if parts.fragment or parts.query:
            raise ValueError("must end with its path, without ? and #")
        api = info.data.get("telegram_api_url", TELEGRAM)
        # What is delivered is people's words: only a stand-in on this machine may do it without encryption.
        if parts.scheme != "https" and not _is_on_this_machine(api):
            raise ValueError("must begin with https://, or Telegram does not deliver")
        if api == TELEGRAM and port not in WEBHOOK_PORTS:
            raise ValueError(f"Telegram delivers to the ports {', '.join(map(str, WEBHOOK_PORTS))} only")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_there_for_a_webhook(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        # A faulty address is missing from the data, an absent one is None: a secret is wanted with either but the last.
        if value is None and info.data.get("webhook_url", "faulty") is not None:
            raise ValueError("not set, and WEBHOOK_URL is: anybody could write to the bot in anybody's name")
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("database_key")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _DATABASE_KEY.fullmatch(value.get_secret_value()):
            raise ValueError("must be number:secret with a secret of 32 bytes in base64, several separated by commas")
        return value

    @property
    def keys(self) -> str | None:
        """The keys of `database_key` as text."""
        return None if self.database_key is None else self.database_key.get_secret_value()

    @property
    def is_for_stand_in(self) -> bool:
        """Whether the Bot API is served on this machine's loopback, as a local stand-in is, not by Telegram."""
        return _is_on_this_machine(self.telegram_api_url)

    @property
    def token(self) -> str:
        """The token as text.

        Raises:
            SettingsError: it is not set.
        """
        if self.telegram_bot_token is None:
            raise SettingsError([NO_TOKEN])
        return self.telegram_bot_token.get_secret_value()


NO_TOKEN = Fault(
    "TELEGRAM_BOT_TOKEN",
    "not set.",
    "Take one from @BotFather, or try the bot without an account: python -m bot playground.",
)

# How to write what has more than one way to go wrong; for the rest the validator's own sentence is enough.
_MENDS = {
    "telegram_bot_token": "Take it from @BotFather, whole.",
    "telegram_pacing": "Write on or off.",
    "log_level": "Write DEBUG, INFO, WARNING or ERROR.",
    "log_format": "Write text or json.",
    "http_port": "Write a number from 0 to 65535.",
    "webhook_url": "Write the public address, such as https://bot.example.org/telegram, or unset it to poll.",
    "webhook_secret": "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'.",
    "database_key": "Make one: python3 -c 'import secrets; print(\"1:\" + secrets.token_urlsafe(32))'.",
    "health_port": "Write a number from 0 to 65535, or leave it empty for no health pages.",
}
_SECRET = {"telegram_bot_token", "database_key", "webhook_secret"}


def load_settings() -> Settings:
    """Read the settings from the environment and `.env`.

    Raises:
        SettingsError: some cannot be used, or the file cannot; carries all faults, never a secret's value.
    """
    how, faults = look_at_env_file()
    try:
        settings = Settings(**how)
    except ValidationError as error:
        raise SettingsError([*faults, *(_fault(dict(one)) for one in error.errors())]) from None
    if faults:
        raise SettingsError(faults)
    return settings


def load_settings_for_rules() -> SettingsForRules:
    """Read only what trying the rules takes, as far as `.env` can be read; whatever else is wrong stays untold."""
    how, _ = look_at_env_file()
    return SettingsForRules(**how)


def _fault(error: dict[str, object]) -> Fault:
    location = error["loc"]
    name = str(location[0]) if isinstance(location, tuple) and location else "environment"
    value = "" if name in _SECRET else f"{_without_secrets(repr(error['input']))}: "
    what = str(error["msg"]).removeprefix("Value error, ")
    return Fault(name.upper(), f"{value}{what}.", _MENDS.get(name, ""))


def _without_secrets(value: str) -> str:
    return _USER.sub("…", _TOKEN.sub("…", value))
