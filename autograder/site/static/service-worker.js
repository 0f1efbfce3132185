/* Keeps the site's files for the next visit, and hands on what a kernel asks the page. */
'use strict';

{ // JupyterLite's own has the same names
  const CACHE = 'first-descent-{{version}}';
  const HOME = new URL('./', location).pathname;
  const ASKED = `${HOME}first-descent/`; // what kernels ask, while they wait
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
      event.respondWith(askPage(request));
    } else if (request.method === 'GET' && !url.pathname.includes('/api/service-worker')) {
      event.stopImmediatePropagation();
      event.respondWith(kept(request));
    }
  });

  // Only the version before stays, for pages that are still open.
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
    await Promise.all(others.slice(0, -1).map(name => caches.delete(name)));
  }

  /** Hand a kernel's question to a page of the course, and its answer to the kernel. */
  async function askPage(request) {
    const pages = await self.clients.matchAll({ type: 'window' });
    const page = pages.find(each => each.visibilityState === 'visible') ?? pages[0];
    const question = await request.json();
    const answer = await new Promise(resolve => {
      if (!page) {
        return resolve({ refused: 'No page of the course is open.' });
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      setTimeout(resolve, PATIENCE, { refused: 'The check did not answer. Reload the page.' });
      page.postMessage({ firstDescent: question }, [port2]);
    });
    return new Response(JSON.stringify(answer), { headers: { 'Content-Type': 'application/json' } });
  }
}

importScripts('jupyterlite-service-worker.js');
