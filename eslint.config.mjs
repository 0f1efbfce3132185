import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

const TYPED = ["labextension/src/**/*.{ts,tsx}"];

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2025, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 15],
      "max-lines-per-function": ["error", 60],
      "no-undef": "error",
      "no-unused-vars": "error",
    },
  },
  { files: ["lab/static/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["autograder/site/static/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: { ...globals.browser, ...globals.serviceworker, loadPyodide: "readonly" },
    },
  },
  { ignores: ["labextension/built/", "labextension/lib/"] },
  ...tseslint.configs.recommendedTypeChecked.map((each) => ({ ...each, files: TYPED })),
  {
    files: TYPED,
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: { "no-undef": "off" }, // the compiler knows names, and types as well
  },
  { files: ["labextension/*.{mjs,cjs}"], languageOptions: { globals: globals.node } },
  { files: ["tests/javascript/**/*.js"], languageOptions: { globals: globals.node } },
];
