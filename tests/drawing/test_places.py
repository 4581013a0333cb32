"""Where the names of points find room."""

from __future__ import annotations

from audit_api.drawing.places import Area, Places, Size

FRAME = Area(0, 0, 200, 100)
NAME, NUMBER = Size(60, 8), Size(8, 8)


def around(x: float, y: float, half: float = 3) -> Area:
    return Area(x - half, y - half, x + half, y + half)


def test_a_name_stands_close_to_its_point_where_there_is_room() -> None:
    place = Places(FRAME, [around(50, 50)], []).take((50, 50), (NAME, NUMBER))
    assert place is not None
    assert (place.choice, place.far) == (0, False)
    assert not place.area.meets(around(50, 50))


def test_names_never_lie_on_each_other_nor_on_marks() -> None:
    points = [(40.0 + 2 * place, 50.0) for place in range(20)]
    discs = [around(*point) for point in points]
    places = Places(FRAME, discs, [])
    found = [places.take(point, (NAME, NUMBER)) for point in points]
    taken = [place.area for place in found if place is not None]
    assert len(taken) == 20
    for index, one in enumerate(taken):
        assert FRAME.holds(one)
        assert not any(one.meets(other) for other in [*taken[index + 1 :], *discs])


def test_a_name_evades_lines_while_it_can() -> None:
    upright = Area(49.7, 0, 50.3, 100)
    place = Places(FRAME, [around(50, 50)], [upright]).take((50, 50), (NUMBER,))
    assert place is not None
    assert not place.area.meets(upright)


def test_a_number_stands_on_a_line_before_it_is_left_out() -> None:
    place = Places(FRAME, [around(50, 50)], [FRAME]).take((50, 50), (NAME, NUMBER))
    assert place is not None
    assert place.choice == 1


def test_a_full_frame_has_no_place() -> None:
    assert Places(FRAME, [FRAME], []).take((50, 50), (NAME, NUMBER)) is None
