def test_x(classroom, autograded, tmp_path):
    room = classroom.copied_to(tmp_path / "fast")
    d = room.run(
        "descent",
        "grade",
        "submitted",
        "--assignment",
        "1_loss_functions",
        "--gradebook",
        "gradebook.db",
        "--dry-run",
    )
    print(d.stdout, d.stderr)
    d = room.run(
        "descent",
        "grade",
        "submitted",
        "--assignment",
        "1_loss_functions",
        "--gradebook",
        "gradebook.db",
    )
    print(d.stdout, d.stderr)
    import sqlite3

    q = """select s.student_id, b.name, g.auto_score, g.needs_manual_grade, n.late_submission_penalty from grade g join submitted_notebook n on g.notebook_id=n.id join submitted_assignment s on n.assignment_id=s.id join base_cell b on g.cell_id=b.id order by 1,2"""
    a = sqlite3.connect(room.course / "gradebook.db").execute(q).fetchall()
    b = sqlite3.connect(autograded[0].course / "gradebook.db").execute(q).fetchall()
    for x, y in zip(a, b):
        if x != y:
            print(x, y)
    print(len(a), len(b))
    d = room.run(
        "descent",
        "grade",
        "submitted",
        "--assignment",
        "1_loss_functions",
        "--gradebook",
        "gradebook.db",
        "--dry-run",
    )
    print(d.stdout, d.stderr)
    d = autograded[0].run(
        "descent",
        "grade",
        "submitted",
        "--assignment",
        "1_loss_functions",
        "--gradebook",
        "gradebook.db",
        "--dry-run",
    )
    print(d.stdout, d.stderr)
    assert 0
