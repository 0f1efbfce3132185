import { MainAreaWidget } from '@jupyterlab/apputils';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import React from 'react';
import { Course } from './course.js';
import { counted, passedOf, stateOf } from './logic.js';
import { icon } from './icon.js';
import { Row } from './types.js';

function ComparedRow({ row }: { row: Row }): React.JSX.Element {
  if ('skipped' in row) {
    const lines = row.skipped === 1 ? 'one line' : `${row.skipped} lines`;
    return (
      <tr className="fd-skipped">
        <td colSpan={2}>{lines} the same in both</td>
      </tr>
    );
  }
  return (
    <tr className={row.same ? undefined : 'fd-differs'}>
      <td>{row.mine === null ? '' : <code>{row.mine || ' '}</code>}</td>
      <td>{row.ours === null ? '' : <code>{row.ours || ' '}</code>}</td>
    </tr>
  );
}

function Comparison({ name, rows }: { name: string; rows: Row[] }): React.JSX.Element {
  const differ = rows.filter(row => 'same' in row && !row.same).length;
  return (
    <div className="fd-page" tabIndex={0} role="region" aria-label={`${name}, yours and ours`}>
      <h1>{name}: yours and ours</h1>
      <p>
        {differ
          ? 'Both hold. Lines that differ are marked by a bar at their left.'
          : 'Both are the same, to the letter.'}
      </p>
      <table className="fd-comparison">
        <thead>
          <tr>
            <th scope="col">Yours</th>
            <th scope="col">Ours</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <ComparedRow key={index} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Ending({ course }: { course: Course }): React.JSX.Element {
  const exercises = counted(course.lessons);
  const done = passedOf(exercises);
  const challenges = course.lessons.flatMap(lesson => lesson.challenges);
  const open = exercises.find(exercise => stateOf(exercise) !== 'passed');
  const unmet = challenges.filter(challenge => !challenge.met);
  return (
    <div className="fd-page" tabIndex={0} role="region" aria-label="The end of the course">
      <h1>{open ? 'The last lesson is behind you' : 'You are down in the valley'}</h1>
      <p>
        {open
          ? `${done} of ${exercises.length} functions hold; ${open.name} is the first that does not yet.`
          : `All ${exercises.length} functions hold. You wrote each of them, from the first loss to a network that learns.`}
      </p>
      <ul>
        {course.lessons.map(lesson => {
          const hold = lesson.exercises.filter(exercise => stateOf(exercise) === 'passed');
          return (
            <li key={lesson.name}>
              <strong>{lesson.title}</strong>{' '}
              {hold.length ? hold.map(({ title }) => title).join('; ') : <em>still open</em>}
            </li>
          );
        })}
      </ul>
      {challenges.length > 0 && (
        <p>
          {unmet.length
            ? `In the experiments, ${challenges.length - unmet.length} of ${challenges.length} challenges are met. Still open: ${unmet.map(({ title }) => title).join('; ')}.`
            : `In the experiments, all ${challenges.length} challenges are met.`}
        </p>
      )}
      <p>Your code is yours: the folder course/ is a small library, and nothing in it needs this course.</p>
    </div>
  );
}

function page(id: string, label: string, body: React.JSX.Element): MainAreaWidget {
  const content = ReactWidget.create(body);
  const widget = new MainAreaWidget({ content });
  widget.id = id;
  widget.title.label = label;
  widget.title.icon = icon;
  widget.title.closable = true;
  return widget;
}

/** A learner's function beside ours. */
export function comparisonPage(name: string, rows: Row[]): MainAreaWidget {
  return page(`first-descent-compare-${name}`, `${name}: compare`, <Comparison name={name} rows={rows} />);
}

/** The end of the course. */
export function endingPage(course: Course): MainAreaWidget {
  const body = <UseSignal signal={course.changed}>{() => <Ending course={course} />}</UseSignal>;
  return page('first-descent-ending', 'The end of the course', body);
}
