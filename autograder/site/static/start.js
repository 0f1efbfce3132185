/* Before JupyterLite: the place for files, and the service worker, so that all that is loaded is kept. */
'use strict';

const TRIED = 'first-descent:tried'; // the version for which this tab has loaded the page again
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
  /** The version that the server has now. */
  const newest = () =>
    fetch(`${home}first-descent-site.json`, { cache: 'no-store' })
      .then(found => found.json())
      .then(({ version }) => version);
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
  const known = workers.controller;
  const changed = new Promise(resolve => {
    workers.addEventListener('controllerchange', () => resolve(true), { once: true });
  });
  try {
    const registration = await workers.register(address);
    if (!known) {
      return void (await within(10_000, changed)); // it goes on without
    }
    const newer = await within(15_000, newest()); // offline, this fails at once
    if (newer && newer !== '{{version}}' && sessionStorage.getItem(TRIED) !== newer) {
      sessionStorage.setItem(TRIED, newer);
      await registration.update();
      if (registration.installing ?? registration.waiting) {
        await within(60_000, changed);
      }
      location.reload(); // the site is another: nothing of the old one is loaded
      await new Promise(() => undefined);
    }
  } catch {
    return;
  }
})();
