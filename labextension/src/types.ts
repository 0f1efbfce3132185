/** What the server says, as `autograder/learner/course_map.py` and `background_check.py` write it. */

export interface Exercise {
  name: string;
  title: string;
  points: number;
  bonus: boolean;
  /** Whether a program is to be repaired instead of written. */
  repair: boolean;
  outcome: string;
  /** How many of its criteria hold, of how many; 0 of 0 where it was never checked. */
  holds: number;
  of: number;
}

export interface Challenge {
  name: string;
  title: string;
  met: boolean;
}

export interface Lesson {
  number: number;
  name: string;
  title: string;
  minutes: number;
  /** Paths below the course's folder; '' where the notebook is not there. */
  notebook: string;
  module: string;
  /** The first code cell: what all others need. */
  start: string;
  /** Flash cards that are due today. */
  cardsDue: number;
  challenges: Challenge[];
  exercises: Exercise[];
}

export interface CourseMap {
  folder: string;
  lessons: Lesson[];
  /** The exercise at which the learner was last, or ''. */
  place: string;
  /** Results of checks since the time that was asked for, and the exercises that are being checked. */
  results: Result[];
  checking: string[];
}

export interface Result {
  name: string;
  outcome: string;
  holds: number;
  of: number;
  html: string;
  /** Seconds since 1970 by the server's clock, which is that of its kernels. */
  at: number;
}

export interface CheckEvent {
  schema_id: string;
  folder: string;
  /** 'here' is a sign that events arrive. */
  stage: 'here' | 'checking' | 'result' | 'checked' | 'failed';
  names?: string[];
  exercise?: Result;
  reason?: string;
}

export interface Hints {
  hints: string[];
  of: number;
}

export type Row = { skipped: number } | { mine: string | null; ours: string | null; same: boolean };

/** An answer of the server, or why it does not give one. */
export type Answer<T> = (T & { refused?: undefined }) | { refused: string };
