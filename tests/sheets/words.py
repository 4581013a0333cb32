"""The worst words that cells may hold."""

from __future__ import annotations

NASTY = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "a\r\nb\nc", "_x000D_", "_x0041_"),
    *("2.50", "1e5", "007", "TRUE", "2026-03-01", "14:30", "80%", "#N/A!", "http://a.b/c?d#e"),
    *(
        "“引号”、（括号）",
        "ＡＢＣ　１２３",
        'say "no", twice',
        "a, b; c",
        "never",
        "\x01\ufffe",
        "😀",
    ),
]
