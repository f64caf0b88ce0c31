import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const features = readdirSync(`${import.meta.dirname}/apps/console/src/features`);

// Packages know no app, features know neither each other nor the app that puts them together.
const zones = [
  { target: "./packages/**/*", from: "./apps/**/*", message: "a package may not import an app" },
  { target: "./packages/i18n/**/*", from: ["./packages/api/**/*", "./packages/ui/**/*"] },
  { target: "./packages/api/**/*", from: ["./packages/ui/**/*", "./packages/i18n/**/*"] },
  { target: "./apps/console/src/lib/**/*", from: ["./apps/console/src/features/**/*", "./apps/console/src/app/**/*"] },
  { target: "./apps/console/src/features/**/*", from: "./apps/console/src/app/**/*" },
  ...features.map((feature) => ({
    target: `./apps/console/src/features/${feature}/**/*`,
    from: "./apps/console/src/features",
    except: [`./${feature}`],
    message: "features do not import each other; share through lib or packages",
  })),
];

export default defineConfig(
  { ignores: ["**/dist/**", "packages/api/src/schema.d.ts"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } } },
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "import-x": importX, "react-hooks": hooks },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver({ project: "tsconfig.json" })] },
    rules: {
      ...hooks.configs.recommended.rules,
      // A router's redirect is thrown by design.
      "@typescript-eslint/only-throw-error": [
        "error",
        { allow: [{ from: "package", package: "@tanstack/router-core", name: ["Redirect", "NotFoundError"] }] },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "import-x/no-cycle": ["error", { maxDepth: 6 }],
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
    },
  },
  { files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
