/* Before JupyterLite: the place for files, and the service worker, so that all that is loaded is kept. */
'use strict';

const STORES = ['files', 'counters', 'checkpoints', 'local-forage-detect-blob-support'];

/**
 * Make the stores of the learner's files, all at once. JupyterLite would add one after the other,
 * and what is read meanwhile fails now and then.
 */
function makeStores(version) {
  return new Promise(resolve => {
    const opening = indexedDB.open('{{storage}}', version);
    opening.onupgradeneeded = () => {
      const { result } = opening;
      STORES.filter(name => !result.objectStoreNames.contains(name)).forEach(name => result.createObjectStore(name));
    };
    opening.onsuccess = () => {
      const { result } = opening;
      const whole = STORES.every(name => result.objectStoreNames.contains(name));
      result.close();
      resolve(whole || makeStores(result.version + 1));
    };
    opening.onerror = opening.onblocked = resolve; // the page says what that means
  });
}

globalThis.firstDescentStart = (async () => {
  const workers = navigator.serviceWorker;
  const home = document.currentScript?.dataset.home ?? '../';
  const address = new URL(`${home}service-worker.js?enableCache=false`, location).href;
  const within = (milliseconds, promise) =>
    Promise.race([promise, new Promise(resolve => setTimeout(resolve, milliseconds))]);
  const taken = new Promise(resolve => {
    workers?.addEventListener('controllerchange', () => resolve(true), { once: true });
  });
  try {
    // otherwise JupyterLite removes the worker that it does not know, while files are on their way
    localStorage.setItem(`${address}-version`, '{{jupyterlite}}');
    await within(10_000, makeStores());
  } catch {
    // a private window may forbid it: the page says what that means
  }
  if (!workers) {
    return; // the page says that, too
  }
  try {
    const registration = await workers.register(address, { updateViaCache: 'none' });
    if (workers.controller) {
      await within(15_000, registration.update()); // offline, this fails at once
    }
    const { installing, waiting, active } = registration;
    const comes = installing || waiting || active !== workers.controller;
    // A worker keeps what it fetches for its own version of the site. So where one takes over, at
    // the first visit or after an update, all that the page has loaded is loaded again, through it.
    if (await within(comes ? 30_000 : 0, taken)) {
      location.reload();
      await new Promise(() => undefined);
    }
  } catch {
    return; // it goes on without, or with what is kept
  }
})();
