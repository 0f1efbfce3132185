"""Progress in the challenges is kept, and nothing that was there is lost."""

import datetime
import json
import threading

from lab.widget.challenge_progress import ChallengeProgress

DAY = datetime.date(2026, 11, 23)


def test_record_writes_the_day(tmp_path):
    assert ChallengeProgress(tmp_path).record("a", DAY)
    text = (tmp_path / ".descent" / "practice.json").read_text()
    assert json.loads(text) == {"a": {"done": "2026-11-23"}}


def test_record_keeps_other_entries_and_the_first_day(tmp_path):
    progress = ChallengeProgress(tmp_path)
    progress.record("a", DAY)
    progress.record("b", DAY)
    progress.record("a", datetime.date(2027, 1, 1))
    assert progress.met() == {"a": {"done": "2026-11-23"}, "b": {"done": "2026-11-23"}}


def test_record_from_many_threads_loses_nothing(tmp_path):
    names = [f"challenge-{i}" for i in range(12)]
    threads = [
        threading.Thread(target=ChallengeProgress(tmp_path).record, args=(n,)) for n in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ChallengeProgress(tmp_path).met()) == sorted(names)
    assert [p.name for p in (tmp_path / ".descent").iterdir()] == ["practice.json"]


def test_record_moves_an_unreadable_file_aside(tmp_path):
    folder = tmp_path / ".descent"
    folder.mkdir()
    (folder / "practice.json").write_text('{"a": {"do')
    ChallengeProgress(tmp_path).record("b", DAY)
    assert ChallengeProgress(tmp_path).met() == {"b": {"done": "2026-11-23"}}
    (kept,) = folder.glob("practice.unreadable-*.json")
    assert kept.read_text() == '{"a": {"do'


def test_beside_course_finds_the_nearest_folder_upwards(tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "lessons" / "deep").mkdir(parents=True)
    progress = ChallengeProgress.beside_course(tmp_path / "lessons" / "deep")
    assert progress.path == tmp_path.resolve() / ".descent" / "practice.json"


def test_practice_without_a_course_keeps_nothing():
    progress = ChallengeProgress(None)
    assert not progress.record("a", DAY)
    assert progress.met() == {}
