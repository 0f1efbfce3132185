import React from 'react';
import { counted, greeting, passedOf } from './logic.js';
import type { Shared } from './map.js';

/** Where the learner was, what is next, how long it takes: until they go on. */
export function Greeting({ course, actions, done }: Shared & { done: () => void }): React.JSX.Element {
  const { sentences, next } = greeting(course.lessons, course.begunAt, actions.lesson());
  const begun = course.begunAt !== '' || passedOf(counted(course.lessons)) > 0;
  const lesson = next && course.lessons.find(({ exercises }) => exercises.includes(next));
  return (
    <section className="fd-greeting" aria-label="Where you are">
      {begun ? (
        sentences.map(sentence => <p key={sentence}>{sentence}</p>)
      ) : (
        <>
          <p>Read on the left, and run the cells as you go.</p>
          <p>Where the text says “Write it”, write the function on the right.</p>
          <p>Each save checks what you wrote and shows it here.</p>
        </>
      )}
      <div className="fd-help-row">
        {lesson && begun && (
          <button className="fd-main" onClick={() => actions.open(lesson, next.name)}>
            Go on with {next.name}
          </button>
        )}
        <button onClick={done}>{!begun ? 'Begin' : next ? 'Not now' : 'Close'}</button>
      </div>
    </section>
  );
}
