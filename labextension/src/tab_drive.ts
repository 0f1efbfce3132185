import { PathExt } from '@jupyterlab/coreutils';
import { Contents } from '@jupyterlab/services';

/** What a kernel's file system asks for. */
export interface DriveRequest {
  method: string;
  path: string;
  data?: { mode?: number; newPath?: string; format?: Contents.FileFormat; data?: string };
}

const FOLDER = 0o40777;
const FILE = 0o100666;
const BLOCK = 4096;

type Read = Omit<Contents.IModel, 'content'> & { content: unknown };

type Data = NonNullable<DriveRequest['data']>;

const ANSWERS: Record<string, (contents: Contents.IManager, path: string, data: Data) => Promise<unknown>> = {
  lookup: (contents, path) =>
    contents.get(path, { content: false }).then(
      ({ type }) => ({ ok: true, mode: modeOf(type) }),
      () => ({ ok: false })
    ),
  getmode: async (contents, path) => modeOf((await contents.get(path, { content: false })).type),
  getattr: async (contents, path) => attributes(await contents.get(path, { content: false })),
  readdir: async (contents, path) => {
    const listed = (await contents.get(path, { content: true })) as { content: Contents.IModel[] };
    return listed.content.map(({ name }) => name);
  },
  get: async (contents, path) => {
    const { type, content, format } = (await contents.get(path, { content: true })) as Read;
    return type === 'directory' ? null : { content: format === 'json' ? JSON.stringify(content) : content, format };
  },
  put: (contents, path, { format, data = '' }) => {
    const content: unknown = format === 'json' ? JSON.parse(data) : data;
    return contents.save(path, { type: 'file', format, content }).then(() => null);
  },
  mknod: async (contents, path, { mode }) => {
    const type = mode === FOLDER ? 'directory' : 'file';
    const made = await contents.newUntitled({ path: PathExt.dirname(path), type, ext: PathExt.extname(path) });
    await contents.rename(made.path, path);
  },
  rename: (contents, path, { newPath = '' }) => contents.rename(path, newPath).then(() => null),
  rmdir: (contents, path) => contents.delete(path)
};

/**
 * Answer a kernel's file system, as JupyterLite does. But JupyterLite leaves the kernel waiting
 * forever where a request fails, and mixes up the answers of two kernels that ask at the same time.
 */
export async function driveAnswer(contents: Contents.IManager, asked: DriveRequest): Promise<unknown> {
  return ANSWERS[asked.method](contents, asked.path, asked.data ?? {});
}

function modeOf(type: string): number {
  return type === 'directory' ? FOLDER : FILE;
}

function attributes({ size, last_modified: mtime, created: ctime }: Contents.IModel): Record<string, unknown> {
  const bytes = size ?? 0;
  const one = { dev: 1, nlink: 1, uid: 0, gid: 0, rdev: 0, timestamp: 0 };
  return { ...one, size: bytes, blksize: BLOCK, blocks: Math.ceil(bytes / BLOCK), atime: mtime, mtime, ctime };
}
