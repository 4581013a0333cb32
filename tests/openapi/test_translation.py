"""The specification and its page in the reader's language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from audit_api.api.http.translation import PREFIX
from audit_api.words import vocabulary
from tests.world import World

SPECIFICATION = "/api/v1/openapi.json"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def client(shared_world: World) -> FlaskClient:
    return shared_world.client


@pytest.fixture(scope="module")
def english(client: FlaskClient) -> dict[str, Any]:
    return dict(client.get(SPECIFICATION).json)


@pytest.fixture(scope="module")
def chinese(client: FlaskClient) -> dict[str, Any]:
    return dict(client.get(f"{SPECIFICATION}?language=zh").json)


def operations(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The operations by their id."""
    return {
        item[method]["operationId"]: item[method]
        for item in spec["paths"].values()
        for method in item.keys() - {"parameters"}
    }


def test_every_operation_group_and_refusal_is_told_in_chinese(chinese: dict[str, Any]) -> None:
    told = [chinese["info"]["title"], chinese["info"]["description"]]
    told += [tag["description"] for tag in chinese["tags"]]
    told += [each["summary"] for each in operations(chinese).values()]
    told += [each["description"] for each in operations(chinese).values() if "description" in each]
    responses = chinese["components"]["responses"]
    told += [each["description"] for name, each in responses.items() if name != "Problem"]
    assert [sentence for sentence in told if not CHINESE.search(sentence)] == []


def test_every_sentence_in_chinese_belongs_to_something(english: dict[str, Any]) -> None:
    calls = operations(english)
    names = {"title", "description", *(f"tag.{tag['name']}" for tag in english["tags"]), *calls}
    names |= {f"{name}.more" for name, call in calls.items() if "description" in call}
    told = {code.removeprefix(PREFIX) for code in vocabulary("zh") if code.startswith(PREFIX)}
    assert told == names


def test_but_for_its_words_the_specification_is_the_same(
    english: dict[str, Any], chinese: dict[str, Any]
) -> None:
    assert list(OpenAPIV31SpecValidator(chinese).iter_errors()) == []
    assert mute(chinese) == mute(english)
    assert chinese != english


def mute(value: Any) -> Any:
    """A document without what people read in it."""
    if isinstance(value, dict):
        said = ("title", "description", "summary")
        return {
            name: mute(each)
            for name, each in value.items()
            if name not in said or not isinstance(each, str)
        }
    return [mute(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", None, "en"),
        ("", "zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        ("", "fr, zh;q=0.5", "zh"),
        ("", "fr", "en"),
        ("?language=zh", "en", "zh"),
        ("?language=en-GB", "zh", "en"),
    ],
)
@pytest.mark.parametrize("address", [SPECIFICATION, "/docs"])
def test_the_query_chooses_before_the_browser_does(
    client: FlaskClient, address: str, query: str, header: str | None, language: str
) -> None:
    headers = {"Accept-Language": header} if header else {}
    answer = client.get(address + query, headers=headers)
    client.delete_cookie("language", path="/docs")
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("address", [SPECIFICATION, "/docs"])
@pytest.mark.parametrize("language", ["fr", "", "x" * 40, "中文"])
def test_a_language_that_is_not_spoken_is_asked_back(
    client: FlaskClient, address: str, language: str
) -> None:
    answer = client.get(address, query_string={"language": language})
    assert answer.status_code == 422
    (error,) = answer.json["errors"]
    assert (error["pointer"], error["code"]) == ("?query/language", "not_one_of")
    assert "Set-Cookie" not in answer.headers


def test_the_specification_is_asked_for_again_without_being_sent_again(
    client: FlaskClient,
) -> None:
    tags = {}
    for language in ("en", "zh"):
        address = f"{SPECIFICATION}?language={language}"
        first = client.get(address)
        tags[language] = first.headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tags[language]})
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        assert first.headers["Cache-Control"] == "no-cache"
    assert tags["en"] != tags["zh"]


def test_the_page_offers_both_languages_and_remembers_which_was_chosen(
    client: FlaskClient,
) -> None:
    page = client.get("/docs", headers={"Accept-Language": "en"})
    switches = re.findall(
        r'<a href="([^"]+)" lang="(\w+)"[^>]*?( aria-current="true")?>', page.text
    )
    assert switches == [
        ("/docs?language=en", "en", ' aria-current="true"'),
        ("/docs?language=zh", "zh", ""),
    ]
    assert "Set-Cookie" not in page.headers
    chosen = client.get("/docs?language=zh", headers={"Accept-Language": "en"})
    assert "HttpOnly; Path=/docs; SameSite=Lax" in chosen.headers["Set-Cookie"]
    again = client.get("/docs", headers={"Accept-Language": "en"})
    assert again.headers["Content-Language"] == "zh"
    assert '<html lang="zh">' in again.text
    assert "/api/v1/openapi.json?language=zh" in again.text
    client.delete_cookie("language", path="/docs")


def test_a_choice_that_names_no_language_is_as_none(client: FlaskClient) -> None:
    client.set_cookie("language", "<script>", path="/docs")
    page = client.get("/docs", headers={"Accept-Language": "zh"})
    client.delete_cookie("language", path="/docs")
    assert (page.status_code, page.headers["Content-Language"]) == (200, "zh")
