from __future__ import annotations

import gc

import pytest

from bot.routing.gc_pause import gc_paused


def test_the_search_for_cycles_rests_meanwhile_and_goes_on_after() -> None:
    with gc_paused():
        assert not gc.isenabled()
        with gc_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_fault_too() -> None:
    with pytest.raises(ValueError, match="faulty"), gc_paused():
        raise ValueError("faulty")
    assert gc.isenabled()


def test_what_was_built_counts_as_old_so_that_it_is_not_searched_at_once() -> None:
    with gc_paused():
        built = [[] for _ in range(3)]
    assert any(one is built for one in gc.get_objects(generation=2))
    assert gc.get_freeze_count() == 0
