"""What is declared is honoured, what can be told apart is guessed, and the rest is asked for."""

from __future__ import annotations

import pytest

from audit_api.errors import Problem
from audit_api.sheets import charsets

SHOPS = "code,name\ns1,南京东路店\ns2,徐家汇店\ns3,上海市黄浦区\n"
"""What a spreadsheet in China saves: three short lines."""

FOREIGN = {
    "big5": ["台北信義店", "臺中市西屯區台灣大道三段", "高雄夢時代店", "王大明", "陳淑芬"],
    "euc-kr": ["서울 강남점", "부산 해운대점", "경기도 성남시 분당구", "김민수", "롯데월드몰"],
    "shift_jis": ["東京駅前店", "大阪梅田店", "新宿ルミネ", "田中太郎", "名古屋市中村区"],
    "windows-1251": ["МОСКВА", "КАЗАНЬ", "САНКТ", "ПЕТЕРБУРГ", "Невский проспект"],
    "windows-1252": ["Köln Dom", "Málaga Centro", "Besançon", "Århus", "Cafés Müller"],
    "windows-1253": ["ΑΘΗΝΑ", "ΠΑΤΡΑ", "ΒΟΛΟΣ", "ΡΟΔΟΣ"],
    "windows-1256": ["الرياض", "جدة", "مكة المكرمة", "الدمام"],
    "windows-874": ["กรุงเทพ", "เชียงใหม่", "ภูเก็ต", "ขอนแก่น"],
}


def refusal(data: bytes, declared: str | None = None) -> tuple[str, str]:
    with pytest.raises(Problem) as caught:
        charsets.decode(data, declared)
    (fault,) = caught.value.faults
    return fault.pointer, fault.code


def file(names: list[str]) -> str:
    return "code,name\n" + "".join(f"s{at},{name}\n" for at, name in enumerate(names))


@pytest.mark.parametrize("charset", FOREIGN)
def test_a_declared_charset_is_honoured(charset: str) -> None:
    text = file(FOREIGN[charset])
    codec = {"windows-874": "cp874"}.get(charset, charset)
    assert charsets.decode(text.encode(codec), charset) == charsets.Decoded(text, charset)


@pytest.mark.parametrize("charset", FOREIGN)
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_an_encoding_that_might_be_another_is_asked_for_and_never_guessed(
    charset: str, count: int
) -> None:
    codec = {"windows-874": "cp874"}.get(charset, charset)
    for start in range(len(FOREIGN[charset])):
        names = (FOREIGN[charset] * 2)[start : start + count]
        assert refusal(file(names).encode(codec)) == ("", "charset_untold"), names


@pytest.mark.parametrize(
    ("charset", "names"),
    [
        ("big5", ["夢境遠園店", "國際機場店", "環境整潔", "銀樂票務", "推薦試裝店"]),
        ("cp1251", ["МОСКВА", "КАЗАНЬ", "САМАРА", "РОСТОВ", "ТАМБОВ"]),
        ("euc-kr", ["서울", "부산", "대구", "인천", "광주", "대전", "울산", "수원"]),
    ],
)
def test_what_chance_makes_everyday_chinese_of_is_asked_for(charset: str, names: list[str]) -> None:
    assert file(names).encode(charset).decode("gb18030")
    assert refusal(file(names).encode(charset)) == ("", "charset_untold")


def test_everyday_chinese_is_told_from_all_others() -> None:
    assert charsets.decode(SHOPS.encode("gb18030")) == charsets.Decoded(SHOPS, "gb18030")


def test_a_few_chinese_characters_are_too_few() -> None:
    assert refusal("code,name\ncn,中国\n".encode("gb18030")) == ("", "charset_untold")


@pytest.mark.parametrize(
    ("mark", "codec", "charset"),
    [
        ("\ufeff", "utf-8", "utf-8"),
        ("", "utf-8", "utf-8"),
        ("\ufeff", "utf-16-le", "utf-16le"),
        ("\ufeff", "utf-16-be", "utf-16be"),
    ],
)
def test_unicode_tells_itself(mark: str, codec: str, charset: str) -> None:
    assert charsets.decode((mark + SHOPS).encode(codec)) == charsets.Decoded(SHOPS, charset)


def test_a_mark_goes_before_what_is_declared() -> None:
    assert charsets.decode(("\ufeff" + SHOPS).encode(), "big5").text == SHOPS


def test_two_bytes_a_character_without_a_mark_are_asked_for() -> None:
    assert refusal("code,name\n".encode("utf-16-le")) == ("", "charset_untold")


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("UTF8", "utf-8"),
        ("us-ascii", "utf-8"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("cp936", "gb18030"),
        ("Big5-HKSCS", "big5"),
        ("cp950", "big5"),
        ("latin1", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        ("windows-31j", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("cp1251", "windows-1251"),
    ],
)
def test_a_charset_has_many_labels(label: str, charset: str) -> None:
    assert charsets.known(label) == charset


@pytest.mark.parametrize("label", ["klingon", "", "rot13", "utf-7", "idna", "a\0b", "x" * 10_000])
def test_a_label_that_names_nothing_accepted_is_told(label: str) -> None:
    assert refusal(b"a,b\n", label) == ("", "charset_unknown")


@pytest.mark.parametrize("charset", ["utf-8", "big5", "utf-16be"])
def test_bytes_that_are_none_of_their_charset_are_told_by_their_line(charset: str) -> None:
    data = "a,b\n1,2\n".encode(charset) + b"\xff\xff\xd8\x00,\xff"
    assert refusal(data, charset) == ("/lines/3", "charset_wrong")
