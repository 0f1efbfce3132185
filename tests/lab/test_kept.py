"""What learners did is kept, and nothing that was there is lost."""

import json
import threading

from lab.widget.kept import Kept


def first(value):
    """An entry that stays as it was when it was first written."""
    return lambda entry: entry or value


def test_change_writes_the_entry(tmp_path):
    assert Kept(tmp_path).change("practice", "a", first({"done": "2026-11-23"}))
    text = (tmp_path / ".descent" / "practice.json").read_text()
    assert json.loads(text) == {"a": {"done": "2026-11-23"}}


def test_change_keeps_other_entries_and_hands_over_the_old_one(tmp_path):
    kept = Kept(tmp_path)
    for name, value in (("a", 1), ("b", 2), ("a", 3)):
        kept.change("cards", name, lambda entry, value=value: [*(entry or []), value])
    assert kept.entries("cards") == {"a": [1, 3], "b": [2]}
    assert kept.entries("quiz") == {}


def test_change_from_many_threads_loses_nothing(tmp_path):
    names = [f"challenge-{i}" for i in range(12)]
    threads = [
        threading.Thread(target=Kept(tmp_path).change, args=("practice", name, first(1)))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Kept(tmp_path).entries("practice")) == sorted(names)
    assert [p.name for p in (tmp_path / ".descent").iterdir()] == ["practice.json"]


def test_change_moves_an_unreadable_file_aside(tmp_path):
    folder = tmp_path / ".descent"
    folder.mkdir()
    (folder / "practice.json").write_text('{"a": {"do')
    Kept(tmp_path).change("practice", "b", first(1))
    assert Kept(tmp_path).entries("practice") == {"b": 1}
    (aside,) = folder.glob("practice.unreadable-*.json")
    assert aside.read_text() == '{"a": {"do'


def test_beside_course_finds_the_nearest_folder_upwards(tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "lessons" / "deep").mkdir(parents=True)
    kept = Kept.beside_course(tmp_path / "lessons" / "deep")
    assert kept.folder == tmp_path.resolve() / ".descent"


def test_without_a_course_nothing_is_kept():
    kept = Kept(None)
    assert not kept.change("practice", "a", first(1))
    assert kept.entries("practice") == {}
