"""A platform's download in, graded by a roster and a policy, and its file of scores back."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.main import main
from autograder.maintain.make import solution_text, stub

RIGHT = solution_text("losses")
STUB = stub(RIGHT, "losses")
WRONG = RIGHT.replace("np.max(logits, axis=-1, keepdims=True)", "0.0")
DOWNLOADS = {  # Ada's is right, Ben's is wrong and a day late, Cleo is in no roster
    "canvas": (
        {
            "lovelaceada_123_9001_losses.py": RIGHT,
            "ngben_LATE_124_9002_losses-1.py": WRONG,
            "vaucleo_125_9003_losses.py": STUB,
            "studenttest_126_text.html": "typed",
        },
        "Student,ID,SIS User ID,SIS Login ID,Section,Losses (7),Final Score\n"
        '    Points Possible,,,,,14,\n"Lovelace, Ada",123,,al,M1,,50\n"Ng, Ben",124,,bn,M2,,60\n',
        "Losses (7)",
    ),
    "moodle": (
        {
            "Ada Lovelace_123_assignsubmission_file_/losses.py": RIGHT,
            "Ben Ng_124_assignsubmission_file_/losses.py": WRONG,
            "Cleo Vau_125_assignsubmission_file_/losses.py": STUB,
            "Ada Lovelace_123_assignsubmission_onlinetext_/onlinetext.html": "typed",
        },
        "\ufeffIdentifier,Full name,Username,Grade,Feedback comments\n"
        "Participant 123,Ada Lovelace,al,,\nParticipant 124,Ben Ng,bn,,see me\n",
        "Grade",
    ),
    "blackboard": (
        {
            "L_al_attempt_2026-11-20-18-00-00_losses.py": RIGHT,
            "L_bn_attempt_2026-11-21-12-00-00_losses.py": WRONG,
            "L_cv_attempt_2026-11-20-18-00-00_losses.py": STUB,
            "L_al_attempt_2026-11-20-18-00-00.txt": "a receipt",
        },
        "Last Name\tFirst Name\tUsername\tLosses [Total Pts: 14 Score] |77\n"
        "Lovelace\tAda\tal\t\nNg\tBen\tbn\t\n",
        "Losses [Total Pts: 14 Score] |77",
    ),
    "brightspace": (
        {
            "123-9 - Ada Lovelace - 20 November, 2026 600 PM/losses.py": RIGHT,
            "124-9 - Ben Ng - 21 November, 2026 1200 PM/losses.py": WRONG,
            "125-9 - Cleo Vau - 20 November, 2026 600 PM/losses.py": STUB,
            "index.html": "made by the platform",
        },
        "OrgDefinedId;Username;Last Name;First Name;Losses Points Grade;End-of-Line Indicator\n"
        "#123;#al;Lovelace;Ada;;#\n#124;#bn;Ng;Ben;;#\n",
        "Losses Points Grade",
    ),
    "sakai": (
        {
            "Lovelace, Ada(al)/Submission attachment(s)/losses.py": RIGHT,
            "Lovelace, Ada(al)/timestamp.txt": "20261120180000000",
            "Ng, Ben(bn)/Submission attachment(s)/losses.py": WRONG,
            "Ng, Ben(bn)/timestamp.txt": "20261121120000000",
            "Vau, Cleo(cv)/Submission attachment(s)/losses.py": STUB,
            "Vau, Cleo(cv)/timestamp.txt": "20261120180000000",
            "grades.csv": "made by the platform",
        },
        "Student ID,Student Name,Quiz [5],* Quiz,Losses [14.0],# Course Grade\n"
        'al,"Lovelace, Ada",3,good,,A\nbn,"Ng, Ben",4,,,B\n',
        "Losses [14.0]",
    ),
}
POLICY = """
timezone = "UTC"
[points]
1_loss_functions = 14
[late]
per_day = 0.5
[lessons.1_loss_functions]
due = 2026-11-20T18:00:00
{days_late}
"""


def descent(*arguments: object, status: int = 0) -> Result:
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code == status, done.output
    return done


@pytest.mark.parametrize(
    "platform",
    [
        "canvas",
        *(
            pytest.param(name, marks=pytest.mark.exhaustive)
            for name in DOWNLOADS
            if name != "canvas"
        ),
    ],
)
def test_scores_go_back_by_the_platforms_own_file(
    platform: str, sandbox: object, tmp_path: Path
) -> None:
    files, exported, column = DOWNLOADS[platform]
    for name, text in files.items():
        path = tmp_path / "download" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    roster, policy, out = (tmp_path / each for each in ("roster.csv", "p.toml", "results.json"))
    roster.write_text(exported, encoding="utf-8")
    known = platform in ("blackboard", "brightspace", "sakai")  # when it was handed in
    days_late = "" if known else "days_late = { bn = 1 }"
    policy.write_text(POLICY.format(days_late=days_late), encoding="utf-8")
    options = ["--roster", roster, "--policy", policy, "--out", out, "--feedback", tmp_path / "f"]
    said = descent("grade", tmp_path / "download", "--assignment", 1, *options).stderr
    assert f"{platform}'s download: 3 learners" in said.lower()
    assert "Roster: 2 of 3 submissions found." in said
    assert "of 14 points" in said
    assert "1 late by the policy" in said
    assert "Not found in the roster" in said.split("Look at these:")[1]
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "f").rglob("*.html"))
    assert pages.count("Handed in late, by 1 day begun") == 1

    export = ("export", out, "--format", platform, "--title", "Losses", "--assignment", 1)
    filled = tmp_path / "filled.csv"
    told = descent(*export, "--roster", roster, "--out", filled).stderr
    assert "nobody there has this name or number" in told
    text = filled.read_text(encoding="utf-8-sig")
    separator = max("\t;,", key=text.partition("\n")[0].count)
    rows = list(csv.DictReader(text.splitlines(), delimiter=separator))
    scores = [row[column] for row in rows if row[column]]
    scores = scores[1:] if platform == "canvas" else scores  # the row of the most points
    ada, ben = map(float, scores)
    assert ada == 14.0
    assert 0 < ben < 7.0  # half of what is less than all
    descent(*export, "--out", tmp_path / "new.csv")
    assert column.partition(" ")[0] in (tmp_path / "new.csv").read_text(encoding="utf-8-sig")
