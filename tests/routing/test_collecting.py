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


def test_what_was_built_counts_as_old_so_that_it_is_not_searched_at_once() -> None:
    with uncollected():
        built = [[] for _ in range(3)]
    assert any(one is built for one in gc.get_objects(generation=2))
    assert gc.get_freeze_count() == 0
