/* Before JupyterLite: the service worker is there, so that all that is loaded is kept. */
'use strict';

globalThis.firstDescentStart = (async () => {
  const workers = navigator.serviceWorker;
  if (!workers) {
    return; // the page says what that means
  }
  const address = `${document.currentScript?.dataset.home ?? '../'}service-worker.js?enableCache=false`;
  const known = workers.controller;
  const changed = new Promise(resolve => {
    workers.addEventListener('controllerchange', () => resolve(true), { once: true });
  });
  const within = (milliseconds, promise) =>
    Promise.race([promise, new Promise(resolve => setTimeout(resolve, milliseconds))]);
  try {
    const registration = await workers.register(address);
    if (!known) {
      return void (await within(10_000, changed)); // it goes on without
    }
    await within(3_000, registration.update()); // offline, this fails at once
    if ((registration.installing ?? registration.waiting) && (await within(10_000, changed))) {
      location.reload(); // the site is another: nothing of the old one is loaded
      await new Promise(() => undefined);
    }
  } catch {
    return;
  }
})();
