"""A storm in a small house: the bot is killed at random moments while many people write; nothing may be lost.

The large one, with figures: `python -m bench.crash`.
"""

from pathlib import Path

from tests.support.office import leaks, open_house
from tests.support.storm import Plan, Storm, add_trouble


async def test_killed_at_random_moments_it_loses_nothing_and_marks_what_comes_twice(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        storm = Storm(house, Plan(inquiries=60, at_once=30, kills=4, longest_life_s=2.5, within_s=120.0))
        figures = await storm.rage()
        assert figures.faults == {}, f"{figures} {storm.odd}"
        assert figures.by_unclear_answers == 0, f"{figures}"
        assert leaks(house.playground, house.bot.log) == []
        assert "parked" not in house.bot.log


async def test_amid_floods_faults_and_cut_connections_it_loses_nothing_and_keeps_the_order(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        storm = Storm(house, Plan(inquiries=40, at_once=20, kills=1, longest_life_s=2.5, within_s=120.0))
        add_trouble(house.playground.faults, 0.04, seed=7)
        figures = await storm.rage()
        assert figures.faults == {}, f"{figures} {storm.odd}"
        assert leaks(house.playground, house.bot.log) == []
