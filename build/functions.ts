import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type OutputFile } from 'esbuild';
import { bundling } from './bundling.ts';
import { sourcesKey } from './sources-key.ts';

/*
 * Bundles every function, a handler.ts in a folder NAME into dist/functions/NAME/index.mjs: the assets
 * that lib/ deploys. As .mjs, since an asset has no package.json beside it to say what it is.
 */

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist/functions');

/** The sources that the bundles were last made from. */
const madeFrom = join(root, '.build/functions-made-from');

const bundles = globSync('functions/**/handler.ts', { cwd: root }).map((handler) => ({
  in: handler,
  out: `${basename(dirname(handler))}/index`,
}));
const key = sourcesKey(root);
if (!areMadeFrom(key)) await makeBundles();

function areMadeFrom(sources: string): boolean {
  const there = bundles.every(({ out }) => existsSync(join(outdir, `${out}.mjs`)));
  return there && existsSync(madeFrom) && readFileSync(madeFrom, 'utf8') === sources;
}

async function makeBundles(): Promise<void> {
  const { outputFiles } = await build({
    ...bundling,
    absWorkingDir: root,
    entryPoints: bundles,
    outdir,
    outExtension: { '.js': '.mjs' },
    write: false,
  });
  for (const file of outputFiles) replace(file);
  const built = new Set(outputFiles.map(({ path }) => path));
  for (const path of globSync('*/*', { cwd: outdir }).map((name) => join(outdir, name))) {
    if (!built.has(path)) rmSync(path, { recursive: true });
  }
  mkdirSync(dirname(madeFrom), { recursive: true });
  writeFileSync(madeFrom, key);
}

/** In one step and only where it changed, since another process may be reading what is there. */
function replace({ path, contents }: OutputFile): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  // Not beside it: whatever is in its directory is part of the asset.
  const written = join(outdir, '..', `.writing-${process.pid}`);
  writeFileSync(written, contents);
  renameSync(written, path);
}
