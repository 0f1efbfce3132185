import { JupyterFrontEnd } from '@jupyterlab/application';
import { ICommandPalette, Notification, showErrorMessage } from '@jupyterlab/apputils';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import { NotebookActions } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';
import { id } from './commands.js';
import { Course } from './course.js';
import { sayWhatIsMissing, Tab } from './tab.js';

const VERSION = 'first-descent:version'; // the site that this browser has seen last

interface Parts {
  app: JupyterFrontEnd;
  tab: Tab;
  course: Course;
  palette: ICommandPalette | null;
}

/** On a site without a server: the work leaves and enters as a file, and an update loses nothing. */
export function furnishTab(parts: Parts): void {
  const { app, tab, palette } = parts;
  const add = (name: string, label: string, execute: () => Promise<void>): HTMLElement => {
    app.commands.addCommand(id(name), { label, execute });
    palette?.addItem({ command: id(name), category: 'First Descent' });
    const button = document.createElement('button');
    button.textContent = label;
    button.onclick = () => void app.commands.execute(id(name));
    return button;
  };
  const bar = new Widget();
  bar.id = 'first-descent-take-away';
  bar.addClass('fd-take-away');
  bar.node.append(
    add('take-away', 'Take my course with me', () => takeAway(parts)),
    add('open-course', 'Open a course', () => openCourse(parts))
  );
  app.shell.add(bar, 'top', { rank: 900 });
  void sayWhatIsMissing();
  void navigator.storage?.persist?.(); // asked for, so that the browser does not make room with it
  NotebookActions.executed.connect(() => tab.start());
  void app.restored.then(() => update(parts));
}

/** Bring what is new on the site into what the learner has changed. */
async function update(parts: Parts): Promise<void> {
  const { version } = (await (await fetch(siteFile('first-descent-site.json'))).json()) as { version: string };
  if (localStorage.getItem(VERSION) === version) {
    return;
  }
  const answer = (await changing(parts, 'update')) as { done?: string[] };
  if (answer.done) {
    localStorage.setItem(VERSION, version);
    if (answer.done.length) {
      Notification.info(`The course has a new version. ${answer.done.join('. ')}.`, { autoClose: false });
    }
  }
}

async function takeAway({ app, tab }: Parts): Promise<void> {
  await saveAll(app);
  const { zip, refused } = (await tab.ask('take-away')) as { zip?: string; refused?: string };
  if (!zip) {
    return void showErrorMessage('First Descent', refused ?? 'The course cannot be packed.');
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytesOf(zip)], { type: 'application/zip' }));
  link.download = `first-descent-${new Date().toISOString().slice(0, 10)}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function openCourse(parts: Parts): Promise<void> {
  const zip = await chosenFile();
  const { kept, refused } = (await changing(parts, 'open', { zip })) as { kept?: string[]; refused?: string };
  if (!kept) {
    return void showErrorMessage('First Descent', refused ?? 'The file cannot be opened.');
  }
  await changing(parts, 'update'); // it may come from an older site
  await parts.course.refresh();
  const said = kept.length ? ` What was here and is different is kept: ${kept.join(', ')}.` : '';
  Notification.success(`Your course is here.${said}`, { autoClose: false });
}

/** Ask for something that changes files, and show the changed ones where they are open. */
async function changing({ app, tab }: Parts, what: string, body = {}): Promise<unknown> {
  await saveAll(app);
  const answer = await tab.ask(what, body);
  await Promise.allSettled(open(app).map(async ({ context }) => context.model.dirty || (await context.revert())));
  return answer;
}

async function saveAll(app: JupyterFrontEnd): Promise<void> {
  await Promise.allSettled(open(app).map(async ({ context }) => context.model.dirty && (await context.save())));
}

function open(app: JupyterFrontEnd): DocumentWidget[] {
  const isDocument = (widget: Widget): widget is DocumentWidget => widget instanceof DocumentWidget;
  return [...app.shell.widgets('main')].filter(isDocument);
}

function chosenFile(): Promise<string> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.zip,application/zip';
  return new Promise(resolve => {
    input.onchange = async () => {
      const bytes = new Uint8Array((await input.files?.[0]?.arrayBuffer()) ?? new ArrayBuffer(0));
      resolve(btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')));
    };
    input.click();
  });
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}

function siteFile(name: string): string {
  return URLExt.join(PageConfig.getBaseUrl(), name);
}
