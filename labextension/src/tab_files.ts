import { Contents } from '@jupyterlab/services';

/** What of a learner's files the worker needs the content of, by what is asked. */
const ALL = new Set(['update', 'take-away', 'open']);
const NOTEBOOKS = new Set([...ALL, 'fresh-notebook']);

/** The learner's files by path, as texts; null where only the name matters. */
export type Files = Record<string, string | null>;

/** The files that the worker needs for what is asked. */
export async function filesOf(
  contents: Contents.IManager,
  what: string
): Promise<Files> {
  const found: Files = {};
  const look = async (folder: string): Promise<void> => {
    if (folder === '.descent/given' && !ALL.has(what)) {
      return;
    }
    const listed = await contents.get(folder, { content: true }).catch(() => null);
    for (const { path, type } of (listed?.content ?? []) as Contents.IModel[]) {
      const unread = type === 'notebook' && !NOTEBOOKS.has(what);
      if (type === 'directory') {
        await look(path);
      } else if (/\.(py|ipynb|json)$/.test(path)) {
        found[path] = unread ? null : await textOf(contents, path);
      }
    }
  };
  for (const folder of ['course', 'lessons', '.descent']) {
    await look(folder);
  }
  return found;
}

/** Whether files are still as the worker was sent them. */
export async function areAsSent(contents: Contents.IManager, paths: string[], files: Files): Promise<boolean> {
  const now = await Promise.all(paths.map(path => textOf(contents, path).catch(() => undefined)));
  return paths.every((path, at) => typeof files[path] !== 'string' || files[path] === now[at]);
}

async function textOf(contents: Contents.IManager, path: string): Promise<string> {
  const { content } = (await contents.get(path, { content: true })) as { content: unknown };
  return typeof content === 'string' ? content : `${JSON.stringify(content, null, 1)}\n`;
}

/** What is recorded of the learner; nothing where it cannot be read. */
export async function recorded<T>(contents: Contents.IManager, name: string): Promise<Partial<T>> {
  try {
    return (JSON.parse(await textOf(contents, `.descent/${name}.json`)) as Partial<T> | null) ?? {};
  } catch {
    return {};
  }
}

/** Keep files that the worker has changed. */
export async function save(contents: Contents.IManager, changed: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(changed)) {
    await makeFolder(contents, path.replace(/\/[^/]*$/, ''));
    const isNotebook = path.endsWith('.ipynb') && !path.startsWith('.descent/');
    await contents.save(
      path,
      isNotebook
        ? { type: 'notebook', format: 'json', content: JSON.parse(text) }
        : { type: 'file', format: 'text', content: text }
    );
  }
}

async function makeFolder(contents: Contents.IManager, folder: string): Promise<void> {
  const known = await contents.get(folder, { content: false }).catch(() => null);
  if (known || !folder) {
    return;
  }
  if (folder.includes('/')) {
    await makeFolder(contents, folder.replace(/\/[^/]*$/, ''));
  }
  await contents.save(folder, { type: 'directory', format: 'json', content: null, name: folder.split('/').pop() });
}
