"""What the annotations of the rules' shapes say: keys, short forms, and which node fits which type."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.routing.office_rules import ForeignAddress
from bot.routing.rules import Keyword, Rules
from bot.routing.yaml_source import Mapping, Node, Scalar, kind_of

SINGLE = (str, float, int, bool)

SHORT_FORMS: dict[type, str] = {Keyword: "word", ForeignAddress: "chat"}  # a bare value means this key
NOT_IN_THE_FILE = {(Rules, "rules_version")}


def stand_in(wanted: Any) -> Any:
    """Return the emptiest value of a type, for a required key that is missing."""
    origin, args = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return stand_in(args[0])
    if origin is Literal:
        return args[0]
    if is_shape(wanted):
        return {name: stand_in(info.annotation) for name, info in keys_of(wanted).items() if info.is_required()}
    return {dict: {}, tuple: (), list: [], str: "", int: 1, float: 1.0, bool: False}.get(origin or wanted)


@cache
def keys_of(model: type) -> dict[str, FieldInfo]:
    """Return the keys of a shape that may be written in the file."""
    fields: dict[str, FieldInfo] = model.__pydantic_fields__  # type: ignore[attr-defined]  # of models and dataclasses
    return {name: info for name, info in fields.items() if (model, name) not in NOT_IN_THE_FILE}


def is_shape(wanted: Any) -> bool:
    """Tell whether a type has keys."""
    return isinstance(wanted, type) and (issubclass(wanted, BaseModel) or wanted is Keyword)


def keeps_limits(wanted: Any, short: str, shared: dict[str, Any]) -> bool:
    """Tell whether what texts share is within the limits of their shape."""
    try:
        wanted(**{short: ""}, **shared)
    except ValidationError:
        return False
    return True


def is_nothing(node: Node) -> bool:
    """Tell whether nothing is written there."""
    return isinstance(node, Scalar) and kind_of(node) == "null"


def fits(node: Node, option: Any) -> bool:
    """Tell whether a node may have been meant to be of a type."""
    origin = get_origin(option)
    model = is_shape(option)
    if isinstance(node, Mapping):
        return model or origin is dict
    if not isinstance(node, Scalar):
        return origin in (tuple, list)
    if option in (int, float, bool):
        return kind_of(node) in {option.__name__, "int" if option is float else ""}
    return option is str or origin is Literal or (model and option in SHORT_FORMS)
