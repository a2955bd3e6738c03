"""What holds for all tests."""

from collections.abc import Iterator

import pytest

from tests.support.time_limit import pytest_runtest_call, pytest_runtest_setup, pytest_runtest_teardown

__all__ = ["own_cache", "pytest_runtest_call", "pytest_runtest_setup", "pytest_runtest_teardown"]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled rules in a folder of the tests' own, neither reading nor filling the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
