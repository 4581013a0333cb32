"""Versions read in words, compared, published, retired, thrown away, and written anew."""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

from audit_api.services.access import user_who
from audit_api.services.people import users
from tests.checklists.calls import TEXT
from tests.console.checklists.office import ROOM, Office, version_of
from tests.world import World

RICH = """\
format: 1
key: store
locales: [en, zh]
title: {en: Store, zh: 门店}
scoring:
  pass_mark: 80
  bands:
    - {key: poor, title: {en: Poor, zh: 差}, from: 0}
    - {key: good, title: {en: Good, zh: 好}, from: 80}
touchpoints:
  - key: arrival
    title: {en: Arrival, zh: 进店体验}
    weight: 2
    questions:
      - {key: greeted, type: yes_no, title: {en: Greeted?, zh: 是否有人招呼？}, effect: {cap: 60}}
      - key: manner
        type: single
        title: {en: How?, zh: 如何？}
        condition: {question: greeted, equals: "yes"}
        evidence: {photo: when_failed, comment: [bad]}
        options:
          - {key: fine, points: 3, title: {en: Finely, zh: 很好}}
          - {key: bad, points: 0, effect: zero_audit, title: {en: Badly, zh: 很差}}
      - {key: wait, type: duration, title: {en: Wait?, zh: 等待？}, not_observed: true,
         bands: [{from: 0, points: 2}, {from: 90, points: 0}]}
"""


def words(page: TestResponse) -> str:
    """Return a page as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_a_version_is_read_in_words(office: Office) -> None:
    said = words(office.get(office.drafted(RICH)))
    for told in (
        "Arrival",
        "weight 2",
        "Pass mark: 80.00%",
        "Asked only if question 1.1 “Greeted?” is “Yes”.",
        "when it fails: The score can be no better than 60.00%",
        "Finely points: 3",
        "Badly points: 0 · Finding The whole audit counts as zero and does not pass",
        "photo: when failed · comment: with “Badly”",
        "band: 0 min 0 s to below 1 min 30 s",
        "“not observed” is allowed",
    ):
        assert told in said, told
    assert "提问条件" in words(office.get(office.drafted(RICH), "zh"))


def test_a_list_has_every_checklist_once_with_its_versions_newest_first(office: Office) -> None:
    first = office.published(TEXT)
    second = office.follow(office.post(f"{first}/next"))
    office.drafted(TEXT.replace("key: store", "key: other"))
    page = office.get(ROOM)
    assert page.text.count('class="checklist"') == 2
    assert page.text.index(second) < page.text.index(f'{first}"')
    assert words(page).count("Questions: 1") == 3
    assert "no campaign uses it" in words(page)


def test_a_campaign_tells_which_version_it_uses(world: World) -> None:
    with world.app.app_context():
        people = {
            role: Office(world.app, user_who(users.find(world.users[role], by=world.hq)))
            for role in ("hq", "manager")
        }
        shown = words(people["hq"].get(f"{ROOM}/{world.version_id}"))
        assert "Campaigns that use it: 1" in shown
        assert "campaigns that use it: 1" in words(people["hq"].get(ROOM))
        # An auditor reads what own visits ask.
        auditor = Office(world.app, user_who(users.find(world.users["auditor"], by=world.hq)))
        assert "Small visit" in words(auditor.get(ROOM))
        assert auditor.get(f"{ROOM}/{world.version_id}/preview").status_code == 200
        # That visits are planned is not for those who are visited.
        assert "ampaign" not in words(people["manager"].get(f"{ROOM}/{world.version_id}"))
        assert "ampaign" not in words(people["manager"].get(ROOM))


def test_differences_are_told_to_the_version_before_and_to_any_other(office: Office) -> None:
    first = office.published(TEXT)
    second = office.follow(office.post(f"{first}/next"))
    office.post(f"{second}/edit", version=1, text=TEXT.replace("Greeted?", "Welcomed?"))
    third = office.follow(office.post(f"{second}/next"))
    said = words(office.get(second))
    assert "“Greeted?” → “Welcomed?”" in said
    assert "can be compared over time" in said
    assert "The two versions say the same." in words(office.get(third))
    older = first.rsplit("/", 1)[1]
    assert "“Greeted?” → “Welcomed?”" in words(office.get(f"{third}?against={older}"))
    assert "“Welcomed?” → “Greeted?”" in words(office.get(f"{first}?against={third[-36:]}"))
    assert office.get(f"{third}?against={third[-36:]}").status_code == 404


def test_what_is_published_is_confirmed_with_its_warnings_and_differences(office: Office) -> None:
    first = office.published(TEXT)
    draft = office.follow(office.post(f"{first}/next"))
    doubtful = TEXT.replace(", zh: 是否有人招呼？", "").replace("Greeted?", "Welcomed?")
    office.post(f"{draft}/edit", version=1, text=doubtful)
    asked = office.get(f"{draft}/publish")
    assert "There is no text in zh here" in words(asked)
    assert "“Greeted?” → “Welcomed?”" in words(asked)
    done = office.post(f"{draft}/publish", version=version_of(asked))
    assert done.headers["Location"] == draft
    assert "The version is published." in words(office.get(draft))
    assert office.get(f"{draft}/edit").status_code == 409
    assert office.get(f"{draft}/publish").status_code == 409


def test_a_draft_with_errors_or_of_another_state_is_not_published(office: Office) -> None:
    faulty = office.drafted(TEXT.replace("yes_no", "yesno"))
    assert office.post(f"{faulty}/publish", version=1).status_code == 422
    sound = office.drafted(TEXT)
    assert office.post(f"{sound}/publish", version=9).status_code == 412
    assert office.post(f"{sound}/publish", version=1).status_code == 303
    same = office.drafted(TEXT)
    assert office.post(f"{same}/publish", version=1).status_code == 409


def test_a_version_is_retired_and_a_draft_thrown_away(office: Office) -> None:
    path = office.published(TEXT)
    assert office.post(f"{path}/retire", version=1).status_code == 412
    assert office.post(f"{path}/delete", version=2).status_code == 409
    assert office.post(f"{path}/retire", version=2).status_code == 303
    assert "retired" in words(office.get(path))
    draft = office.follow(office.post(f"{path}/next"))
    assert office.post(f"{draft}/delete", version=1).status_code == 303
    assert office.get(draft).status_code == 404


def test_a_manager_reads_what_is_published_and_finds_no_way_to_write(
    office: Office, manager: Office
) -> None:
    assert "No checklist is published yet." in words(manager.get(ROOM))
    path = office.published(RICH)
    draft = office.follow(office.post(f"{path}/next"))
    assert draft not in manager.get(ROOM).text
    assert manager.get(draft).status_code == 404
    page = manager.get(path)
    assert "Asked only if" in words(page)
    # The language and signing out are the only forms that post.
    assert page.text.count('method="post"') == 2
    assert manager.get(f"{path}/preview").status_code == 200
    assert manager.get(f"{path}/checklist.yaml").status_code == 200


def test_a_version_is_handed_out_as_files(office: Office) -> None:
    path = office.drafted(RICH)
    text = office.get(f"{path}/checklist.yaml")
    assert text.data.decode() == RICH
    assert "store-1.yaml" in text.headers["Content-Disposition"]
    book = office.get(f"{path}/checklist.xlsx", "zh")
    assert book.data.startswith(b"PK")
    assert "store-1.xlsx" in book.headers["Content-Disposition"]
    assert office.get(f"{ROOM}/empty.xlsx").data.startswith(b"PK")
