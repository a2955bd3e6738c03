import pytest

from bot.model import Address

GROUP = Address("telegram", -1001, 7)


@pytest.mark.parametrize(
    ("label", "other", "same"),
    [
        ("the address itself", GROUP, True),
        ("another topic", Address("telegram", -1001, 8), True),
        ("no topic", Address("telegram", -1001), True),
        ("another chat", Address("telegram", -1002, 7), False),
        ("the same number on another channel", Address("mail", -1001, 7), False),
    ],
)
def test_a_chat_is_the_same_whatever_the_topic(label: str, other: Address, same: bool) -> None:
    assert GROUP.is_in_chat_of(other) is same, label
    assert (GROUP.chat_key == other.chat_key, GROUP.whole_chat == other.whole_chat) == (same, same), label
