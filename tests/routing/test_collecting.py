from __future__ import annotations

import gc

import pytest

from bot.routing.collecting import uncollected


def test_the_search_for_cycles_rests_meanwhile_and_goes_on_after() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_fault_too() -> None:
    with pytest.raises(ValueError, match="faulty"), uncollected():
        raise ValueError("faulty")
    assert gc.isenabled()
