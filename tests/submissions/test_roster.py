"""Who is who: downloads of all platforms, put together with rosters as people have them."""

from pathlib import Path

import pytest

from autograder.refused import Refused
from autograder.submissions.handed_in import handed_in, with_roster
from autograder.submissions.platforms import PLATFORMS
from autograder.submissions.roster import Person, person_of, read_table, rows_of, table_of

CODE = "def distance(prediction, target):\n    return abs(prediction - target)\n"
# Ada, Ben and Cleo as each platform packs them: of Ben two attempts where it packs several.
DOWNLOADS = {
    "Moodle": (
        "Ada Lovelace_123_assignsubmission_file_/course/welcome.py",
        "Ben Ng_124_assignsubmission_file_/course/welcome.py",
        "Cleo van der Berg_125_assignsubmission_file_/course/welcome.py",
        "Cleo van der Berg_125_assignsubmission_onlinetext_/onlinetext.html",
    ),
    "Canvas": (
        "lovelaceada_123_9001_welcome.py",
        "ngben_LATE_124_9002_welcome-1.py",
        "vanderbergcleo_125_9003_welcome.py",
    ),
    "Blackboard": (
        "Welcome_alovelace_attempt_2026-11-20-18-00-00_welcome.py",
        "Welcome_bng_attempt_2026-11-19-18-00-00_welcome.py",
        "Welcome_bng_attempt_2026-11-20-18-00-00_welcome.py",
        "Welcome_bng_attempt_2026-11-20-18-00-00.txt",
        "Welcome_cvdberg_attempt_2026-11-20-18-00-00_welcome.py",
    ),
    "Brightspace": (
        "123-67 - Ada Lovelace - 20 November, 2026 600 PM/welcome.py",
        "124-67 - Ben Ng - 19 November, 2026 600 PM/welcome.py",
        "124-67 - Ben Ng - 20 November, 2026 601 AM/welcome.py",
        "125-67 - Cleo van der Berg - 20 November, 2026 600 PM/welcome.py",
    ),
    "Sakai": (
        "Lovelace, Ada(alovelace)/course/welcome.py",
        "Ng, Ben(bng)/course/welcome.py",
        "van der Berg, Cleo(cvdberg)/course/welcome.py",
    ),
    "Google Classroom": (
        "Ada Lovelace - welcome.py",
        "Ben Ng - welcome.py",
        "Cleo van der Berg - welcome.py",
    ),
    "": (
        "alovelace/course/welcome.py",
        "BNG/course/welcome.py",
        "Cleo van der Berg/course/welcome.py",
    ),
}
ROSTERS = {
    "nbgrader's, from Excel": (
        "id;first_name;last_name;email;section\n"
        "alovelace;Ada;Lovelace;al@example.org;M1\n"
        "bng;Ben;Ng;bn@example.org;M1\n"
        "cvdberg;Cleo;van der Berg;cb@example.org;M2\n"
        "zoe;Zo\u00eb;Zulu;z@example.org;M2\n",
        "utf-8-sig",
    ),
    "Canvas's gradebook": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Welcome (8)\n"
        "    Points Possible,,,,,0\n"
        '"Lovelace, Ada",123,u1,alovelace,M1,\n'
        '"Ng, Ben",124,u2,bng,M1,\n'
        '"van der Berg, Cleo",125,u3,cvdberg,M2,\n'
        '"Zulu, Zo\u00eb",126,u4,zoe,M2,\n',
        "utf-8",
    ),
    "Blackboard's, UTF-16": (
        "Last Name\tFirst Name\tUsername\tStudent ID\tSection\n"
        "Lovelace\tAda\talovelace\t123\tM1\nNg\tBen\tbng\t124\tM1\n"
        "van der Berg\tCleo\tcvdberg\t125\tM2\nZulu\tZo\u00eb\tzoe\t126\tM2\n",
        "utf-16",
    ),
}


def hand_in(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CODE, encoding="utf-8")
    return folder


def test_every_platform_is_here() -> None:
    assert {*DOWNLOADS} - {""} == {*PLATFORMS} - {"CSV"}


@pytest.mark.parametrize("roster", ROSTERS)
@pytest.mark.parametrize("platform", DOWNLOADS)
def test_everybody_has_the_rosters_id(platform: str, roster: str, tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "download", DOWNLOADS[platform])
    text, encoding = ROSTERS[roster]
    (tmp_path / "roster.csv").write_text(text, encoding=encoding)
    found, absent = with_roster(handed_in(folder), read_table(tmp_path / "roster.csv"))
    assert [one.student for one in found] == ["alovelace", "bng", "cvdberg"]
    assert [one.person.section for one in found] == ["M1", "M1", "M2"]
    assert found[0].name == "Ada Lovelace"
    assert {one.platform for one in found} == {platform}
    assert [person.id for person in absent] == ["zoe"]
    assert not any("roster" in note.text for one in found for note in one.notes)


def test_who_is_nobody_or_two_is_to_be_looked_at(tmp_path: Path) -> None:
    names = ("Ada Lovelace", "Ben Ng", "ben ng", "Kim Lee", "Jose")
    folder = hand_in(tmp_path, tuple(f"{name}/course/welcome.py" for name in names))
    roster = table_of(
        "id,Full name\nal,Ada Lovelace\nbn,Ben Ng\nk1,Kim Lee\nk2,Kim Lee\n"
        "j1,Jos\u00e9\ntwice,Uma\ntwice,Uwe\n"
    )
    found, absent = with_roster(handed_in(folder), roster)
    notes = {one.student: [note.text for note in one.notes if note.always] for one in found}
    assert notes == {
        "Ben Ng": [
            "Another submission has the same name in other letters, large for small.",
            "Not found in the roster: the row of 'bn' fits 'ben ng' as well.",
        ],
        "Kim Lee": ["Not found in the roster: it may be any of 2 there."],
        "al": [],
        "ben ng": [
            "Another submission has the same name in other letters, large for small.",
            "Not found in the roster: the row of 'bn' fits 'Ben Ng' as well.",
        ],
        "j1": [],
    }
    assert [person.id for person in absent] == ["bn", "k1", "k2", "twice", "twice"]


def test_a_surer_sign_wins_over_a_name() -> None:
    table = table_of("Identifier,Full name\nParticipant 7,Ada Lovelace\nParticipant 8,Ben Ng\n")
    people = [Person("Ben Ng", number="7"), Person("Ada Lovelace", number="99")]
    found, problems = rows_of(people, table)
    assert found == {"Ben Ng": 0}  # by the number, though the row has another name
    assert problems == {"Ada Lovelace": "the row of 'Ada Lovelace' fits 'Ben Ng' as well"}


def test_accents_count_only_where_they_must() -> None:
    table = table_of("id,name\n1,Jos\u00e9 Gil\n2,Jose Gil\n3,Zo\u00eb Zulu\n")
    people = [Person("Jos\u00e9 Gil"), Person("Jose Gil"), Person("zuluzoe")]
    assert rows_of(people, table)[0] == {"Jos\u00e9 Gil": 0, "Jose Gil": 1, "zuluzoe": 2}


def test_a_table_of_names_alone_is_a_roster() -> None:
    table = table_of("sep=;\nName;Group\nLovelace, Ada;A\n")
    person = Person("Ada Lovelace", "Ada Lovelace", section="A")
    assert person_of(table, 0) == person
    assert rows_of([Person("Ada  Lovelace")], table)[0] == {"Ada  Lovelace": 0}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\xff\xfe", "is a workbook"),
        ("Zo\u00eb".encode("latin-1"), "is not readable text"),
        (b"a,b\n1,2\n", "no column by which learners can be found. It has a, b"),
        (b"", "It has nothing"),
    ],
    ids=["workbook", "latin-1", "other", "empty"],
)
def test_what_is_no_roster_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(Refused, match=words):
        read_table(tmp_path / "roster.csv")
