"""What the privacy notice said, by its version: each person's row names the version they were shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from bot.store.database import Tx
from bot.store.values import as_text


async def remember(tx: Tx, at: datetime, version: str, texts: Mapping[str, str]) -> None:
    """Keep what a version says (language → text) when it is first shown; done again, it changes nothing."""
    await tx.run(
        """INSERT INTO notices (version, texts, shown_at) VALUES (:version, :texts, :at)
           ON CONFLICT (version) DO NOTHING""",
        version=version,
        texts=json.dumps(texts, ensure_ascii=False),
        at=as_text(at),
    )
