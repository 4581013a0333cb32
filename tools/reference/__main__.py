"""`python -m tools.reference`: writes the tables of the documents anew."""

from __future__ import annotations

from tools.reference.pages import filled, pages


def main() -> None:
    for path in pages():
        text = path.read_text("utf-8")
        path.write_text(filled(text, path.name), "utf-8")


if __name__ == "__main__":
    main()
