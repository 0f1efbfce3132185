import { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget, Notification, showErrorMessage } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Course } from './course.js';
import { lessonOf, nextExercise, replaced, stateOf } from './logic.js';
import { runAgain } from './lesson_frame.js';
import { focusMap } from './map.js';
import { comparisonPage, endingPage } from './pages.js';
import { Places } from './places.js';
import { Answer, Exercise, Lesson } from './types.js';

const CATEGORY = 'First Descent';

export interface Home {
  app: JupyterFrontEnd;
  shell: ILabShell;
  course: Course;
  places: Places;
  notebooks: INotebookTracker;
  mapId: string;
}

interface Spec {
  label: string;
  keys?: string;
  /** The exercise that it is about, if it is about one. */
  about?: (home: Home, named?: string) => Exercise | undefined;
  enabled?: (home: Home) => boolean;
  execute: (home: Home, exercise: Exercise, lesson: Lesson) => unknown;
}

/** The exercise that a command was given, that under the cursor, or the last one. */
const here = ({ places, course }: Home, named?: string): Exercise | undefined =>
  course.exercise(named) ?? places.exercise ?? course.exercise(course.place);

const COMMANDS: Record<string, Spec> = {
  check: {
    label: 'Check this exercise',
    keys: 'Alt Shift C',
    about: here,
    execute: async ({ course, places }, exercise, lesson) => {
      await places.saveModule(lesson);
      await course.check([exercise.name]);
    }
  },
  hint: {
    label: 'Next hint',
    keys: 'Alt Shift H',
    about: here,
    execute: async ({ course, shell, mapId }, exercise) => {
      void course.moveTo(exercise.name);
      shell.activateById(mapId);
      await course.hint(exercise.name);
    }
  },
  'reset-function': {
    label: 'Start this function over, keeping a copy',
    keys: 'Alt Shift R',
    about: here,
    execute: startFunctionOver
  },
  compare: {
    label: 'Compare with our solution',
    keys: 'Alt Shift O',
    about: (home, named) => {
      const exercise = here(home, named);
      return exercise && stateOf(exercise) === 'passed' ? exercise : undefined;
    },
    execute: async (home, exercise) => {
      const answer = given(await home.course.comparison(exercise.name));
      if (answer) {
        addPage(home, comparisonPage(exercise.name, answer.rows));
      }
    }
  },
  next: {
    label: 'Go to the next function that does not hold yet',
    keys: 'Alt Shift N',
    execute: ({ app, course, places }) => {
      const next = nextExercise(course.lessons, places.lesson);
      const lesson = next && lessonOf(course.lessons, next.name);
      return lesson ? places.show(lesson, next.name) : app.commands.execute(id('ending'));
    }
  },
  'next-lesson': {
    label: 'Open the next lesson',
    keys: 'Alt Shift L',
    execute: ({ app, course, places }) => {
      const lesson = places.lesson && course.after(places.lesson);
      return lesson ? places.show(lesson) : app.commands.execute(id('ending'));
    }
  },
  'change-sides': {
    label: 'Go from the text to the function, or back',
    keys: 'Alt Shift S',
    enabled: ({ places }) => !!places.lesson,
    execute: ({ places }) => places.changeSides()
  },
  'run-again': {
    label: 'Run the cells that were run before',
    enabled: ({ course, notebooks }) => !!course.lessonAt(notebooks.currentWidget?.context.path ?? ''),
    execute: ({ notebooks }) => notebooks.currentWidget && runAgain(notebooks.currentWidget)
  },
  'reset-notebook': {
    label: 'Start this lesson’s notebook over, keeping a copy',
    enabled: ({ places }) => !!places.lesson,
    execute: startNotebookOver
  },
  map: {
    label: 'Show the course map',
    keys: 'Alt Shift M',
    execute: ({ shell, mapId }) => {
      shell.activateById(mapId);
      focusMap(document.querySelector(`#${mapId}`) as Element);
    }
  },
  ending: {
    label: 'Show the end of the course',
    execute: home => addPage(home, endingPage(home.course))
  }
};

export function id(command: string): string {
  return `first-descent:${command}`;
}

/** Add the commands to the palette, with their keys. */
export function addCommands(home: Home, palette: ICommandPalette | null): void {
  const { commands } = home.app;
  for (const [name, spec] of Object.entries(COMMANDS)) {
    const about = (args: ReadonlyPartialJSONObject) => spec.about?.(home, args.exercise as string | undefined);
    commands.addCommand(id(name), {
      label: args => {
        const exercise = about(args);
        return exercise ? `${spec.label} (${exercise.name})` : spec.label;
      },
      isEnabled: args => (spec.about ? !!about(args) : spec.enabled?.(home) ?? true),
      execute: async args => {
        await home.app.restored; // until then the shell may still take the focus elsewhere
        const exercise = about(args) as Exercise;
        const lesson = exercise && lessonOf(home.course.lessons, exercise.name);
        return spec.execute(home, exercise, lesson as Lesson);
      }
    });
    palette?.addItem({ command: id(name), category: CATEGORY });
    if (spec.keys) {
      commands.addKeyBinding({ command: id(name), keys: [spec.keys], selector: 'body' });
    }
  }
}

/** What the server gave, or undefined after a message that says why it does not. */
function given<T>(answer: Answer<T> | null): T | undefined {
  if (answer && answer.refused === undefined) {
    return answer;
  }
  const reason = answer?.refused ?? 'The server does not answer. Is it still running?';
  void showErrorMessage('First Descent', reason);
  return undefined;
}

/** A page of ours is a tab beside the lesson's text, where there is most room. */
function addPage({ shell, places }: Home, page: MainAreaWidget): void {
  const open = [...shell.widgets('main')].find(widget => widget.id === page.id);
  open?.dispose();
  const text = places.lesson && places.notebook(places.lesson);
  shell.add(page, 'main', text ? { mode: 'tab-after', ref: text.id } : undefined);
  shell.activateById(page.id);
}

/** In the editor, so that one undo takes it back; the file before is kept, too. */
async function startFunctionOver({ course, places }: Home, exercise: Exercise, lesson: Lesson): Promise<void> {
  await places.show(lesson, exercise.name);
  const module = places.module(lesson);
  if (!(await places.saveModule(lesson))) {
    await module?.context.revert(); // another program may have saved it since
  }
  const fresh = given(await course.freshFunction(exercise.name));
  const text = module?.content.editor.model.sharedModel;
  if (fresh && text) {
    text.setSource(replaced(text.getSource(), exercise.name, fresh.text));
    await module.context.save();
    await places.show(lesson, exercise.name);
    Notification.success(`${exercise.name} is as it was given out. What was there is in ${fresh.kept}.`);
  }
}

async function startNotebookOver({ course, places }: Home): Promise<void> {
  const lesson = places.lesson as Lesson;
  const notebook = places.notebook(lesson);
  await notebook?.context.save();
  const fresh = given(await course.freshNotebook(lesson));
  if (fresh) {
    await notebook?.context.revert();
    const kept = fresh.kept ? ` What was there is in ${fresh.kept}.` : '';
    Notification.success(`The notebook is as it was given out.${kept}`);
  }
}
