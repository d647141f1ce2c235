"""Whose report it is, and which year it is on."""

from __future__ import annotations

import pytest

from govtext.reports import read_reports

TEXT = "聚焦民生加强工作。走访渡口，检查码头。"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"问民所需\n——云溪区人大常委会2023年工作综述\n{TEXT}", "people_congress"),
        (f"问民所需\n——云溪区政协2023年工作综述\n{TEXT}", "cppcc"),
        (f"人大代表提案多\n——政协云溪区委员会2023年工作综述\n{TEXT}", "cppcc"),
        (f"云溪区人民代表大会常务委员会工作报告\n各位代表：\n{TEXT}", "people_congress"),
        (f"中国人民政治协商会议云溪区委员会工作报告\n各位委员：\n{TEXT}", "cppcc"),
        (f"政府工作报告\n——2024年1月10日在云溪区人民代表大会会议上\n{TEXT}", "government"),
        (f"——2024年1月10日在云溪区人民代表大会会议上\n区长 王某\n各位代表：\n{TEXT}", "government"),
        (
            f"各位代表：\n现在，我代表市人民政府向大会报告工作，请政协委员提出意见。{TEXT}",
            "government",
        ),
        (f"各位代表：\n我受区人大常委会委托，向大会报告工作。{TEXT}", "people_congress"),
        (f"各位委员：\n现在报告工作。{TEXT}", "cppcc"),
        ("镇政协联络组协商。" + "区政协开展协商。" * 4, "cppcc"),
        (TEXT, None),
        (f"人大代表和政协委员走访渡口。{TEXT}", None),
    ],
)
def test_body(text: str, body: str | None) -> None:
    assert read_reports(text=text)[0].body == body


SESSION = "——2024年1月10日在云溪区第六届人民代表大会第四次会议上"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"问民所需\n——云溪区人大常委会2023年工作综述\n{TEXT}", 2023),
        (f"问民所需\n——云溪区人大常委会二〇二三年工作综述\n{TEXT}", 2023),
        (f"问民所需\n——云溪区人大常委会２０２３年度工作综述\n{TEXT}", 2023),
        (f"问民所需\n——云溪区人大常委会2019—2023年工作综述\n{TEXT}", 2023),
        (f"问民所需\n——2023年工作回顾与2024年安排\n{TEXT}", 2023),
        (f"云溪区人大常委会2024年工作要点\n——四时有序\n{TEXT}", 2024),
        (f"云溪区人大常委会工作报告\n{SESSION}\n各位代表：\n{TEXT}", 2023),
        (f"云溪区人大常委会2024年工作报告\n{SESSION}\n各位代表：\n{TEXT}", 2023),
        (f"云溪区人大常委会2022年工作报告\n{SESSION}\n各位代表：\n{TEXT}", 2022),
        (f"云溪区人大常委会工作报告\n{SESSION}\n各位代表：\n一、2022年工作回顾\n{TEXT}", 2022),
        (f"云溪区人大常委会工作报告\n——二〇二四年一月十日在云溪区人代会会议上\n{TEXT}", 2023),
        (f"云溪区人大常委会工作报告\n——2023年12月20日在云溪区人民代表大会会议上\n{TEXT}", 2023),
        (f"各位代表：现在报告工作。2023年，云溪区的渡口变了。{TEXT}", 2023),
        (f"2023年是云溪区建区第一年。{TEXT}", 2023),
        (f"今年投入2000万元。1958年建成的渡口拆了。{TEXT}", None),
        (TEXT, None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    assert read_reports(text=text)[0].year == year
