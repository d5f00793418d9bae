import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesize } from '../../local/stack/synthesize.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const kept = join(root, '.build', 'e2e');

const hourMs = 3_600_000;

/** All that the stack and its bundles are made from. */
const sources = [
  '{build,bin,lib,functions,runtime,superoffice,contract,client}/**/*.{ts,json}',
  'local/stack/synthesize.ts',
  'cdk.json',
  'package-lock.json',
];

/**
 * The synthesized stack, bundles included. It is kept by its settings and the content of its sources,
 * so that test files and runs share it; where two make it at once, one of the two is thrown away.
 */
export async function assemblyOfSources(settings: Record<string, string> = {}): Promise<string> {
  const context = { webApiUrl: 'https://stand-in.example/api', ...settings };
  const assembly = join(kept, keyOfSources(context));
  if (existsSync(assembly)) return assembly;
  mkdirSync(kept, { recursive: true });
  dropOld();
  const directory = mkdtempSync(join(kept, 'making-'));
  await synthesize(context, { directory });
  try {
    renameSync(directory, assembly);
  } catch (error) {
    if (!existsSync(assembly)) throw error;
    rmSync(directory, { recursive: true });
  }
  return assembly;
}

/** What was made of sources that have changed since. */
function dropOld(): void {
  for (const name of readdirSync(kept)) {
    const directory = join(kept, name);
    const { mtimeMs = Date.now() } = statSync(directory, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > hourMs) rmSync(directory, { recursive: true, force: true });
  }
}

function keyOfSources(context: Record<string, string>): string {
  const hash = createHash('sha256').update(JSON.stringify(context));
  for (const file of globSync(sources, { cwd: root }).sort()) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
