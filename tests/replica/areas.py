"""Area codes, and the members of the dimension that lists them."""

from collections.abc import Iterable, Mapping
from typing import Any

CODE_WIDTH = 10
KINDS = {"NL": "Land", "GM": "Gemeente", "WK": "Wijk", "BU": "Buurt"}


def padded(code: str, width: int = CODE_WIDTH) -> str:
    return code.ljust(width)


def gemeente_of(code: str) -> str:
    return "" if code.startswith("NL") else "GM" + code[2:6]


def wijk_of(code: str) -> str:
    return "WK" + code[2:8]


def kind_of(code: str) -> str:
    return KINDS[code[:2]]


def v3_member(code: str, title: str, description: str | None = None) -> dict[str, Any]:
    detail = "" if code.startswith("NL") else code
    return {
        "Key": padded(code),
        "Title": title,
        "Description": description,
        "Municipality": gemeente_of(code),
        "DetailRegionCode": detail,
    }


def v3_members(codes: Iterable[str], titles: Mapping[str, str]) -> tuple[dict[str, Any], ...]:
    return tuple(v3_member(code, titles.get(code, code)) for code in codes)


def titles_of(members: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {str(member["Key"]).strip(): str(member["Title"]) for member in members}


def v4_codes(members: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [_v4_code(index, member) for index, member in enumerate(members, start=1)]


def _v4_code(index: int, member: Mapping[str, Any]) -> dict[str, Any]:
    code = str(member["Key"]).strip()
    return {
        "Identifier": code,
        "Index": index,
        "Title": member["Title"],
        "Description": member["Description"] or "",
        "DimensionGroupId": code[:2] if code[:2] in ("NL", "GM") else gemeente_of(code),
        "DetailRegionCode": member["DetailRegionCode"] or None,
    }


def v4_groups(members: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    gemeenten = [member for member in members if str(member["Key"]).startswith("GM")]
    root = _v4_group("WBGM", 0, "Wijken en buurten per gemeente", None)
    return [root] + [
        _v4_group(str(member["Key"]).strip(), index, str(member["Title"]), "WBGM")
        for index, member in enumerate(gemeenten, start=1)
    ]


def _v4_group(identity: str, index: int, title: str, parent: str | None) -> dict[str, Any]:
    return {"Id": identity, "Index": index, "Title": title, "Description": None, "ParentId": parent}
