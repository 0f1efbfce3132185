/* Keeps the site's files for the next visit, and hands on what a kernel asks the page. */
'use strict';

{ // JupyterLite's own has the same names
  const CACHE = 'first-descent-{{version}}';
  const HOME = new URL('./', location).pathname;
  const ASKED = `${HOME}first-descent/`; // what kernels ask, while they wait
  const DRIVE = `${HOME}api/drive`; // and what their file systems ask
  const NEVER_KEPT = /\/api\/service-worker|\/first-descent-site\.json$/; // what the server has now
  const fetching = new Map();
  const PATIENCE = 600_000; // milliseconds: then something is wrong for good

  self.addEventListener('fetch', event => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin || !url.pathname.startsWith(HOME)) {
      return;
    }
    if (url.pathname.startsWith(ASKED)) {
      event.stopImmediatePropagation();
      event.respondWith(request.json().then(askPage).then(answer => told(answer)));
    } else if (url.pathname === DRIVE) {
      event.stopImmediatePropagation();
      event.respondWith(askDrive(request));
    } else if (request.method === 'GET' && !NEVER_KEPT.test(url.pathname)) {
      event.stopImmediatePropagation();
      event.respondWith(kept(request));
    }
  });

  // The version before stays only for another page that is still open.
  self.addEventListener('activate', event => event.waitUntil(forgetOld()));

  /** A file of the site: as it was kept, or fetched and kept. */
  async function kept(request) {
    const cache = await caches.open(CACHE);
    const asked = { ignoreSearch: request.mode === 'navigate' };
    const known = await cache.match(request, asked);
    if (known) {
      return known;
    }
    // not from the browser's own cache, where a file of an older site may be
    const address = request.mode === 'navigate' ? request.url.replace(/[?#].*/, '') : request.url;
    const found = await fetchOnce(address);
    if (found?.ok && !found.redirected) {
      await cache.put(address, found.clone()).catch(() => undefined); // no room: it works all the same
      return found;
    }
    return found?.redirected || !found ? fetch(request) : ((await caches.match(request, asked)) ?? found);
  }

  /** Two workers that ask for a file at the same time get it by one request. */
  async function fetchOnce(address) {
    let underway = fetching.get(address);
    if (!underway) {
      underway = fetch(address, { cache: 'no-cache', credentials: 'same-origin' }).catch(() => null);
      fetching.set(address, underway);
      underway.finally(() => fetching.delete(address));
    }
    return (await underway)?.clone() ?? null;
  }

  async function forgetOld() {
    const others = (await caches.keys()).filter(name => name.startsWith('first-descent-') && name !== CACHE);
    const gone = (await pages()).length > 1 ? others.slice(0, -1) : others;
    await Promise.all(gone.map(name => caches.delete(name)));
  }

  /** Hand on what a kernel's file system asks; it hears of a failure by the status. */
  async function askDrive(request) {
    const { found, refused } = await askPage({ drive: (await request.json()).data });
    return refused === undefined ? told(found) : told(refused, 400);
  }

  function told(answer, status = 200) {
    return new Response(JSON.stringify(answer), { status, headers: { 'Content-Type': 'application/json' } });
  }

  /** The pages of the course that are open. */
  async function pages() {
    const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    return open.filter(page => new URL(page.url).pathname.startsWith(HOME));
  }

  /** Hand a question to a page of the course: to the first that hears, for one that loads does not. */
  async function askPage(question) {
    const ours = await pages();
    return new Promise(resolve => {
      if (!ours.length) {
        resolve({ refused: 'No page of the course is open.' });
      }
      setTimeout(resolve, PATIENCE, { refused: 'The page did not answer. Reload it.' });
      let asked = false;
      for (const page of ours) {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => {
          if (!data.here) {
            resolve(data);
          } else if (!asked) {
            asked = true;
            port1.postMessage(question);
          }
        };
        page.postMessage({ firstDescent: 'Who hears?' }, [port2]);
      }
    });
  }
}

importScripts('jupyterlite-service-worker.js');
