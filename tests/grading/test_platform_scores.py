"""Scores for learning platforms, read back by what each of them documents."""

import csv
import io
import re
from pathlib import Path

import pytest

from autograder.grading.platform_scores import Scores, filled_in, scores_file
from autograder.refused import Refused
from autograder.submissions.platforms import SCORES_FILES
from autograder.submissions.roster import Person, read_table, table_of

POINTS = {"Losses": 28.0}
ADA = Scores(Person("Ada Lovelace", number="123"), {"Losses": 27.125})
CLASS = [
    ADA,
    Scores(Person("Ben Ng_77", number="77")),
    Scores(Person("=cmd", number="9"), {"Losses": 3.0}),
]


def rows(text: str, separator: str = ",") -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator)
    return list(reader)


@pytest.mark.parametrize(
    ("platform", "key", "ada", "score"),
    [
        ("moodle", "Identifier", "Participant 123", "Grade"),
        ("blackboard", "Username", "Ada Lovelace", "Losses [Total Pts: 28 Score]"),
        ("brightspace", "Username", "Ada Lovelace", "Losses Points Grade"),
        ("canvas", "ID", "123", "Losses"),
        ("sakai", "Student ID", "Ada Lovelace", "Losses [28]"),
        ("csv", "student", "Ada Lovelace", "score"),
    ],
)
def test_file_has_a_row_for_each_learner(platform: str, key: str, ada: str, score: str) -> None:
    found = rows(scores_file(platform, POINTS, CLASS))
    if platform == "canvas":
        assert found.pop(0)[score] == "28"
    assert len(found) == 3
    assert (found[0][key], found[0][score]) == (ada, "27.12")
    assert found[1][score] == ""
    assert not any(cell.startswith("=") for cell in found[2].values())


def test_every_platform_is_tested() -> None:
    assert {*SCORES_FILES} == {"moodle", "blackboard", "brightspace", "canvas", "sakai", "csv"}


def test_brightspace_marks_the_end_of_a_line() -> None:
    text = scores_file("brightspace", POINTS, CLASS)
    assert all(line.endswith(",#") for line in text.splitlines()[1:])


def test_worksheet_of_moodle_is_filled_in_and_keeps_the_rest() -> None:
    worksheet = (
        '\ufeffIdentifier,"Full name",Grade,"Maximum Grade","Feedback comments"\r\n'
        'Participant 77,"Ben Ng",5,28,"see me"\r\n'
        'Participant 123,"Ada Lovelace",,28,\r\n'
        'Participant 200,"Cleo Vau",,28,\r\n'
    )
    text, strangers = filled_in("moodle", POINTS, CLASS, table_of(worksheet))
    assert text.startswith("\ufeff")
    ben, ada, cleo = rows(text)
    assert ada == {
        "Identifier": "Participant 123",
        "Full name": "Ada Lovelace",
        "Grade": "27.12",
        "Maximum Grade": "28",
        "Feedback comments": "",
    }
    assert (ben["Grade"], ben["Feedback comments"], cleo["Grade"]) == ("5", "see me", "")
    assert strangers == {"=cmd": "nobody there has this name or number"}


def test_semicolons_and_a_new_column_before_the_end_of_the_line() -> None:
    exported = (
        "OrgDefinedId;Username;Quiz Points Grade;End-of-Line Indicator\n#55;#Ada Lovelace;1;#\n"
    )
    text, strangers = filled_in("brightspace", POINTS, CLASS[:1], table_of(exported))
    assert rows(text, ";") == [
        {
            "OrgDefinedId": "#55",
            "Username": "#Ada Lovelace",
            "Quiz Points Grade": "1",
            "Losses Points Grade": "27.12",
            "End-of-Line Indicator": "#",
        }
    ]
    assert strangers == {}


def test_column_of_blackboard_keeps_its_number() -> None:
    column = "Losses [Total Pts: 28 Score] |4711"
    exported = f'"Last Name"\t"Username"\t"{column}"\n"L"\t"alovelace"\t""\n'
    text, _ = filled_in(
        "blackboard", POINTS, [Scores(Person("alovelace"), {"Losses": 4.0})], table_of(exported)
    )
    assert rows(text, "\t")[0][column] == "4"


def test_a_name_that_is_there_twice_gets_no_score() -> None:
    exported = "Username,Grade\nAda Lovelace,\nAda Lovelace,\n"
    text, strangers = filled_in("moodle", POINTS, CLASS[:1], table_of(exported))
    assert strangers == {"Ada Lovelace": "it may be any of 2 there"}
    assert all(row["Grade"] == "" for row in rows(text))


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refused, match="no column by which learners"):
        read_table(tmp_path / "other.csv")


def test_canvas_gets_our_columns_alone() -> None:
    exported = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Quiz (7),Losses (8),Final Score\n"
        '    Points Possible,,,,,5,28,(read only)\n"Lovelace, Ada",123,,al,M,4,,90\n'
    )
    text, strangers = filled_in("canvas", POINTS, CLASS[:1], table_of(exported))
    assert strangers == {}
    assert rows(text)[1] == {
        "Student": "Lovelace, Ada",
        "ID": "123",
        "SIS User ID": "",
        "SIS Login ID": "al",
        "Section": "M",
        "Losses (8)": "27.12",
    }


def test_sakai_gets_our_column_alone_and_finds_it_as_its_importer_does() -> None:
    exported = (
        "Student ID,Student Name,Losses again [9],* Losses,Losses [28.0],# Course Grade\n"
        'al,"Lovelace, Ada",2,good,1,A\nbn,"Ng, Ben",,,7,B\n'
    )
    scores = [Scores(Person("al"), {"Losses": 27.125}), Scores(Person("bn"))]
    text, strangers = filled_in("sakai", POINTS, scores, table_of(exported))
    assert strangers == {}
    (ada,) = rows(text)
    assert ada == {"Student ID": "al", "Student Name": "Lovelace, Ada", "Losses [28.0]": "27.12"}
    # the pattern of its importer: a title without brackets, then the points in them
    head = re.fullmatch(r"([^\[]+)(\[(\d+([.,]\d\d?)?)\])?", [*ada][-1])
    assert head
    assert (head[1].strip(), head[3]) == ("Losses", "28.0")


def test_a_file_of_another_platform_is_refused() -> None:
    with pytest.raises(Refused, match="no column Section"):
        filled_in("canvas", POINTS, CLASS, table_of("Username,Losses\nAda Lovelace,\n"))
