/* Python for the checks, in a worker beside the kernel's: the page can end it at any time. */
'use strict';

importScripts('static/pyodide/pyodide.js');

const WANTED = ['numpy', 'first-descent'];

const python = (async () => {
  const indexURL = new URL('static/pyodide/', location).href;
  const pyodide = await loadPyodide({ indexURL, packages: WANTED });
  pyodide.runPython('import sys; sys.dont_write_bytecode = True');
  return pyodide.pyimport('autograder.learner.tab_worker').Worker(text => postMessage(text));
})();

python.then(
  () => postMessage('{"ready": true}'),
  error => postMessage(JSON.stringify({ broken: `${error}` }))
);

self.onmessage = async ({ data }) => {
  try {
    postMessage((await python).answer(data));
  } catch (error) {
    postMessage(JSON.stringify({ broken: `${error}` }));
  }
};
