"""The demonstration's organisation before anybody visits: regions, sites, people, campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from audit_api.services import (
    access,
    campaigns,
    checklist_files,
    checklists,
    organisations,
    passwords,
    regions,
    sites,
    users,
)
from audit_api.services.access import Who, system_who, user_who

CODE, NAME = "demo", "Harbour Tea 海港茶业"
PASSWORD = "harbour-tea-demo"
CHECKLISTS = Path(__file__).parents[3] / "checklists"
HISTORY = timedelta(days=90)

REGIONS = (
    ("cn", "China 中国", None),
    ("east", "East China 华东", "cn"),
    ("north", "North China 华北", "cn"),
    ("overseas", "Overseas 海外", None),
)
SITES = (
    ("SH-001", "Shanghai Nanjing Road 上海南京路店", "east", "Asia/Shanghai", 31.2346, 121.4747),
    ("HZ-002", "Hangzhou West Lake 杭州西湖店", "east", "Asia/Shanghai", 30.2490, 120.1485),
    ("BJ-003", "Beijing Wangfujing 北京王府井店", "north", "Asia/Shanghai", 39.9145, 116.4107),
    ("UR-004", "Ürümqi Grand Bazaar 乌鲁木齐大巴扎店", "north", "Asia/Urumqi", 43.7793, 87.6177),
    (
        "SG-005",
        "Singapore Orchard Road 新加坡乌节路店",
        "overseas",
        "Asia/Singapore",
        1.3048,
        103.8318,
    ),
    (
        "LD-006",
        "London Covent Garden 伦敦考文特花园店",
        "overseas",
        "Europe/London",
        51.5117,
        -0.1240,
    ),
)
COMPETITOR = ("SH-C01", "Moon Leaf 月叶茶（竞品）", "east", "Asia/Shanghai", 31.2352, 121.4738)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in to the demonstration."""

    email: str
    name: str
    role: str
    locale: str = "zh"
    region: str | None = None


ACCOUNTS = (
    Account("hq@demo.example", "Wen Tao 温涛", access.HQ),
    Account("reviewer@demo.example", "Su Qing 苏晴", access.REVIEWER),
    Account("east@demo.example", "He Yun 何芸", access.MANAGER, region="east"),
    Account("north@demo.example", "Bai Lu 白鹭", access.MANAGER, region="north"),
    Account("overseas@demo.example", "Grace Tan", access.MANAGER, "en", "overseas"),
    Account("auditor@demo.example", "Lin Xiao 林晓", access.AUDITOR),
    Account("auditor2@demo.example", "Zhou Ming 周明", access.AUDITOR),
    Account("auditor3@demo.example", "Amy Clark", access.AUDITOR, "en"),
)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A wave of visits with what is asked in it."""

    id: Any
    digest: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that visits refer to.  Sites by code, people by address."""

    hq: Who
    people: Mapping[str, Who]
    sites: Mapping[str, Any]
    retail: Campaign
    dining: Campaign


def set_up(today: date) -> Scene:
    """Add the organisation as it was before the first visit; raise CONFLICT where it exists."""
    begin = today - HISTORY
    now = datetime(begin.year, begin.month, begin.day, 1, tzinfo=UTC)
    organisation = organisations.add(code=CODE, name=NAME, locale="zh", now=now)
    hq = system_who(organisation.id)
    found: dict[str, Any] = {}
    for code, name, parent in REGIONS:
        parent_id = found[parent].id if parent else None
        found[code] = regions.add(by=hq, now=now, code=code, name=name, parent_id=parent_id)
    return Scene(
        hq=hq,
        people=_people(hq, found, now),
        sites={site.code: site for site in _sites(hq, found, now)},
        retail=_campaign("retail_store", "Service quality 服务质量", "always", hq, today, now),
        dining=_campaign("restaurant", "Tea house dining 茶馆用餐", "none", hq, today, now),
    )


def _sites(hq: Who, found: Mapping[str, Any], now: datetime) -> list[Any]:
    return [
        sites.add(
            by=hq,
            now=now,
            code=code,
            name=name,
            region_id=found[region].id,
            time_zone=zone,
            latitude=latitude,
            longitude=longitude,
            kind="competitor" if code == COMPETITOR[0] else "own",
        )
        for code, name, region, zone, latitude, longitude in (*SITES, COMPETITOR)
    ]


def _people(hq: Who, found: Mapping[str, Any], now: datetime) -> Mapping[str, Who]:
    hashed = passwords.hash_password(PASSWORD)
    return {
        account.email: user_who(
            users.add(
                by=hq,
                now=now,
                hashed=hashed,
                email=account.email,
                name=account.name,
                role=account.role,
                locale=account.locale,
                region_ids=[found[account.region].id] if account.region else [],
            )
        )
        for account in ACCOUNTS
    }


def _campaign(
    checklist: str, name: str, review: str, hq: Who, today: date, now: datetime
) -> Campaign:
    text = (CHECKLISTS / f"{checklist}.yaml").read_text(encoding="utf-8")
    version = checklists.draft(checklist_files.read(text), by=hq, now=now)
    checklists.publish(version, by=hq, now=now)
    added = campaigns.add(
        by=hq,
        now=now,
        name=name,
        checklist_version_id=version.id,
        review=review,
        starts_on=today - HISTORY,
        ends_on=today + HISTORY,
    )
    assert version.digest is not None
    return Campaign(added.id, version.digest)
