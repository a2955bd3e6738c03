"""The settings: environment (or a `.env` file) in, one frozen object out, all faults reported at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import Fault, SettingsError


class Settings(BaseSettings):
    """Everything the environment may say. Each attribute is the variable of the same name in capitals.

    Attributes:
        telegram_bot_token: from @BotFather; without it only the playground runs.
        telegram_api_url: the bot calls `<url>/bot<token>/<method>`.
        database_url: `sqlite:///` and a path, relative to where the bot is started.
        routing_rules: the rules file.
        http_port: where the playground's page is served, on loopback always.
        webhook_url, webhook_secret, http_host: for receiving by webhook, which is not built yet.
        telegram_pacing: `off` only for a local stand-in, in benchmarks and crash tests.
    """

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///data/inquiries.db"
    routing_rules: Path = Path("routing_rules.yaml")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    telegram_pacing: Literal["on", "off"] = "on"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("telegram_bot_token", "webhook_url", "webhook_secret", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        # `TELEGRAM_BOT_TOKEN=` in a .env file is how people leave it out.
        # A space or a line end comes along easily when a token is copied.
        return (value.strip() or None) if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("telegram_api_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with https:// or http://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_sqlite(cls, value: str) -> str:
        if not value.startswith("sqlite:///") or value == "sqlite:///":
            raise ValueError("must be sqlite:/// and a path, for example sqlite:///data/inquiries.db")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _is_not_there_yet(cls, value: str | None) -> str | None:
        if value is not None:
            raise ValueError("set, but this version receives by polling only")
        return value

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
    "telegram_pacing": "Write on or off.",
    "log_level": "Write DEBUG, INFO, WARNING or ERROR.",
    "log_format": "Write text or json.",
    "http_port": "Write a number from 0 to 65535.",
    "webhook_url": "Unset it; the bot then asks Telegram by itself.",
}
_SECRET = {"telegram_bot_token", "webhook_secret"}


def load_settings() -> Settings:
    """Read the settings from the environment and `.env`.

    Raises:
        SettingsError: some cannot be used; carries all faults, never a secret's value.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError([_fault(dict(one)) for one in error.errors()]) from None


def _fault(error: dict[str, object]) -> Fault:
    location = error["loc"]
    name = str(location[0]) if isinstance(location, tuple) and location else "environment"
    value = "" if name in _SECRET else f"{error['input']!r}: "
    what = str(error["msg"]).removeprefix("Value error, ")
    return Fault(name.upper(), f"{value}{what}.", _MENDS.get(name, ""))
