import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/*
 * Bundles what the package exports, exports/NAME.ts into dist/, and its command line.
 * tsconfig.package.json makes the declarations.
 */

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

// Not those of files that are gone.
for (const directory of ['cli', 'types']) {
  rmSync(join(dist, directory), { recursive: true, force: true });
}

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  outdir: 'dist',
  logLevel: 'error',
} satisfies BuildOptions;

/** For producers and readers of either module system; what they have of AWS is their own. */
const forBoth = {
  entryPoints: ['exports/contract.ts', 'exports/client.ts'],
  external: ['@aws-sdk/*'],
} satisfies BuildOptions;

await Promise.all([
  // CommonJS alone: a second copy as ES module would be second classes of the same names.
  build({
    ...options,
    entryPoints: ['exports/index.ts'],
    format: 'cjs',
    packages: 'external',
    define: { 'import.meta.dirname': '__dirname' },
  }),
  build({
    ...options,
    ...forBoth,
    format: 'cjs',
    // As `require`, since Jest of CommonJS knows no other.
    supported: { 'dynamic-import': false },
  }),
  build({ ...options, ...forBoth, format: 'esm', outExtension: { '.js': '.mjs' } }),
  // With the SDK in it, since it is run where nothing else is installed; each command in a file of
  // its own, loaded when asked for.
  build({
    ...options,
    entryPoints: ['cli/main.ts'],
    outdir: 'dist/cli',
    format: 'esm',
    splitting: true,
    minify: true,
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    // For what is CommonJS among it.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  }),
]);

// The package is "module"; what is called .js and .d.ts below dist/ is CommonJS.
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
for (const name of ['contract', 'client']) {
  writeFileSync(join(dist, `${name}.d.mts`), `export * from './types/exports/${name}.js';\n`);
}
