import js from "@eslint/js";
import globals from "globals";

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
  { files: ["tests/javascript/**/*.js"], languageOptions: { globals: globals.node } },
];
