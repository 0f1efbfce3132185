import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import React from 'react';
import { Course } from './course.js';
import { Greeting } from './greeting.js';
import { icon } from './icon.js';
import { breakable, cardsInWords, counted, mainOf, minutesLeft, passedOf, stateInWords, stateOf, statusText } from './logic.js';
import { Exercise, Lesson } from './types.js';

/** What a click does, and where the learner is. */
export interface Actions {
  open: (lesson: Lesson, exercise?: string) => void;
  /** Open a lesson at its flash cards. */
  cards: (lesson: Lesson) => void;
  run: (command: string, exercise?: string) => void;
  lesson: () => Lesson | undefined;
}

export interface Shared {
  course: Course;
  actions: Actions;
}

/** A circle that fills; full, it holds a tick. */
function Ring({ done, of }: { done: number; of: number }): React.JSX.Element {
  const round = 2 * Math.PI * 8;
  return (
    <svg className="fd-ring" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8" />
      {done > 0 && (
        <circle
          className="fd-ring-done"
          cx="10"
          cy="10"
          r="8"
          strokeDasharray={`${(round * done) / of} ${round}`}
          transform="rotate(-90 10 10)"
        />
      )}
      {done === of && <path d="M6.2 10.3l2.6 2.6 5-5.6" />}
    </svg>
  );
}

function Name({ name }: { name: string }): React.JSX.Element {
  return (
    <span className="fd-name">
      {breakable(name).map((part, index) => (
        <React.Fragment key={index}>
          {part}
          <wbr />
        </React.Fragment>
      ))}
    </span>
  );
}

/** What can be done with the exercise at which the learner is. */
function Help({ course, actions, exercise }: Shared & { exercise: Exercise }): React.JSX.Element {
  const shown = course.hints.get(exercise.name);
  const more = !shown || shown.hints.length < shown.of;
  return (
    <div className="fd-help">
      <div className="fd-help-row">
        {more && (
          <button onClick={() => actions.run('hint', exercise.name)}>{shown ? 'Next hint' : 'Hint'}</button>
        )}
        <button onClick={() => actions.run('reset-function', exercise.name)}>Start over</button>
        {stateOf(exercise) === 'passed' && (
          <button onClick={() => actions.run('compare', exercise.name)}>Compare with ours</button>
        )}
      </div>
      <ol aria-live="polite" aria-label={`Hints for ${exercise.name}`}>
        {shown?.hints.map(hint => <li key={hint}>{hint}</li>)}
      </ol>
    </div>
  );
}

function ExerciseRow(props: Shared & { lesson: Lesson; exercise: Exercise }): React.JSX.Element {
  const { course, actions, lesson, exercise } = props;
  const state = stateOf(exercise);
  const words = stateInWords(exercise);
  const here = course.place === exercise.name;
  const checking = course.checking.has(exercise.name);
  const aside = state === 'failing' && exercise.of ? words.replace(' hold', '') : exercise.bonus ? 'bonus' : '';
  return (
    <li className={here ? 'fd-at' : undefined}>
      <button
        className={`fd-exercise fd-${state}`}
        onClick={() => actions.open(lesson, exercise.name)}
        title={`${exercise.title}: ${words}`}
        aria-label={`${exercise.name}, ${words}${checking ? ', being checked' : ''}`}
        aria-current={here ? 'step' : undefined}
      >
        <span className={checking ? 'fd-mark fd-checking' : 'fd-mark'} aria-hidden="true" />
        <Name name={exercise.name} />
        <span className="fd-aside">{aside}</span>
      </button>
      {here && <Help course={course} actions={actions} exercise={exercise} />}
    </li>
  );
}

function Challenges({ lesson }: { lesson: Lesson }): React.JSX.Element | null {
  if (!lesson.challenges.length) {
    return null;
  }
  const met = lesson.challenges.filter(challenge => challenge.met).length;
  return (
    <details className="fd-challenges">
      <summary>
        {met} of {lesson.challenges.length} challenges met
      </summary>
      <ul>
        {lesson.challenges.map(({ name, title, met }) => (
          <li key={name}>
            <span aria-hidden="true">{met ? '★' : '☆'}</span> {title}
            <span className="fd-unseen">{met ? ', met' : ', not met yet'}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function LessonRow(props: Shared & { lesson: Lesson; here: boolean }): React.JSX.Element {
  const { course, actions, lesson, here } = props;
  const exercises = mainOf(lesson);
  const done = passedOf(exercises);
  const [open, setOpen] = React.useState(here);
  React.useEffect(() => setOpen(here), [here]);
  const left = minutesLeft(lesson);
  return (
    <li className={here ? 'fd-lesson fd-here' : 'fd-lesson'}>
      <button
        className="fd-head"
        aria-expanded={open}
        aria-label={`Lesson ${lesson.number}, ${lesson.title}: ${done} of ${exercises.length} hold`}
        onClick={() => setOpen(!open)}
      >
        <Ring done={done} of={exercises.length} />
        <span className="fd-title">
          {lesson.number} · {lesson.title}
        </span>
        <span className="fd-count">{left ? `${left} min` : ''}</span>
      </button>
      {open && (
        <div className="fd-inside">
          <ul>
            {lesson.exercises.map(exercise => (
              <ExerciseRow key={exercise.name} {...{ course, actions, lesson, exercise }} />
            ))}
          </ul>
          <Challenges lesson={lesson} />
          {lesson.cardsDue > 0 && (
            <button className="fd-link" onClick={() => actions.cards(lesson)}>
              {cardsInWords(lesson.cardsDue)}
            </button>
          )}
          {!here && (
            <button className="fd-link" onClick={() => actions.open(lesson)}>
              Open this lesson
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function Footer({ course, actions }: Shared): React.JSX.Element | null {
  const here = actions.lesson();
  const open = here ? mainOf(here).some(exercise => stateOf(exercise) !== 'passed') : true;
  if (counted(course.lessons).every(exercise => stateOf(exercise) === 'passed')) {
    return (
      <button className="fd-next fd-main" onClick={() => actions.run('ending')}>
        The end of the course
      </button>
    );
  }
  const next = here && course.after(here);
  return next ? (
    <button className={open ? 'fd-next' : 'fd-next fd-main'} onClick={() => actions.open(next)}>
      Next lesson: {next.title}
    </button>
  ) : null;
}

/** Move the focus into the map: to the greeting, to the learner's exercise, or to the first lesson. */
export function focusMap(map: Element): void {
  map.querySelector<HTMLElement>('.fd-greeting button, [aria-current], .fd-lessons button')?.focus();
}

/** Arrow keys move among the buttons of the map. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button, summary')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  if (step && at >= 0) {
    event.preventDefault();
    buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)].focus();
  }
}

/** Where what had the focus is taken away, the focus stays in the map. */
function useKeptFocus(map: React.RefObject<HTMLElement>): void {
  React.useEffect(() => {
    const node = map.current as HTMLElement;
    let last: Element | undefined;
    const remember = (event: FocusEvent) => (last = event.target as Element);
    const observer = new MutationObserver(() => {
      if (last && !last.isConnected && document.activeElement === document.body) {
        focusMap(node);
      }
    });
    node.addEventListener('focusin', remember);
    observer.observe(node, { childList: true, subtree: true });
    return () => {
      node.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, [map]);
}

function Map({ course, actions: given }: Shared): React.JSX.Element {
  const map = React.useRef<HTMLDivElement>(null);
  useKeptFocus(map);
  const [greeted, setGreeted] = React.useState(false);
  const moved = course.place !== course.begunAt; // whoever is under way needs no greeting
  const actions = {
    ...given,
    open: (lesson: Lesson, exercise?: string) => {
      setGreeted(true);
      given.open(lesson, exercise);
    }
  };
  const here = actions.lesson();
  const exercises = counted(course.lessons);
  const done = passedOf(exercises);
  return (
    <div className="fd-map" ref={map} onKeyDown={moveFocus}>
      <div className="fd-header">
        <h2>First Descent</h2>
        <p className="fd-sum">
          <span role="status">
            {done} of {exercises.length} functions hold
          </span>
          <span className={course.checking.size ? 'fd-busy fd-on' : 'fd-busy'} aria-hidden="true">
            checking…
          </span>
        </p>
        <progress max={exercises.length || 1} value={done} aria-label="Functions that hold" />
      </div>
      {course.problem && (
        <p className="fd-problem" role="alert">
          {course.problem}
        </p>
      )}
      {!greeted && !moved && course.lessons.length > 0 && (
        <Greeting course={course} actions={actions} done={() => setGreeted(true)} />
      )}
      <ul className="fd-lessons" aria-label="Lessons">
        {course.lessons.map(lesson => (
          <LessonRow key={lesson.name} {...{ course, actions, lesson }} here={lesson === here} />
        ))}
      </ul>
      <div className="fd-footer">
        <Footer course={course} actions={actions} />
      </div>
    </div>
  );
}

/** The course map, for the left side bar. */
export class MapPanel extends ReactWidget {
  constructor(
    private course: Course,
    private actions: Actions
  ) {
    super();
    this.id = 'first-descent-map';
    this.title.icon = icon;
    this.title.caption = 'Course map';
    this.addClass('fd-panel');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Course map');
  }

  protected render(): React.JSX.Element {
    return (
      <UseSignal signal={this.course.changed}>
        {() => <Map course={this.course} actions={this.actions} />}
      </UseSignal>
    );
  }
}

/** “12 of 47 · next: softmax” for the status bar; a click goes there. */
export class Status extends ReactWidget {
  constructor(
    private course: Course,
    private actions: Actions
  ) {
    super();
    this.addClass('jp-mod-highlighted');
  }

  protected render(): React.JSX.Element {
    const { course, actions } = this;
    return (
      <UseSignal signal={course.changed}>
        {() => (
          <button
            className="fd-status"
            title="First Descent: functions that hold. Go to the next one"
            onClick={() => actions.run('next')}
          >
            {course.lessons.length ? statusText(course.lessons, actions.lesson()) : ''}
          </button>
        )}
      </UseSignal>
    );
  }
}
