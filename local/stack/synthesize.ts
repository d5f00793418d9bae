import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourcesKey } from '../../build/sources-key.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const kept = join(root, '.build', 'assemblies');

/** So that an example finds the package. */
const packageOfCheckout = ['--import', './examples/package-of-checkout.ts'];

const weekMs = 604_800_000;

/** The stack could not be synthesized; the message is what the app said, one line for a setting. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/**
 * Synthesizes the stack as `cdk synth` would, bundles included, without the CLI's own start-up. What
 * was synthesized with these settings from these very sources is there already: it is kept for a week
 * from its last use.
 * @param context deployment settings, as `-c key=value` would give them
 * @param options.example folder of the example whose stack is meant, instead of what is deployed
 * @returns the directory of the cloud assembly
 * @throws SynthesisError where a setting is wrong.
 */
export async function synthesize(
  context: Record<string, string>,
  { example, signal }: { example?: string | undefined; signal?: AbortSignal } = {},
): Promise<string> {
  const app = example === undefined ? 'bin/app.ts' : `examples/${example}/app.ts`;
  const settings = createHash('sha256')
    .update(JSON.stringify({ ...context, app }))
    .digest('hex');
  const assembly = join(kept, `${sourcesKey(root)}-${settings.slice(0, 16)}`);
  mkdirSync(kept, { recursive: true });
  dropUnused();
  if (existsSync(assembly)) {
    utimesSync(assembly, new Date(), new Date());
    return assembly;
  }
  const directory = mkdtempSync(join(kept, 'making-'));
  try {
    await runApp(app, context, directory, signal);
    renameSync(directory, assembly);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    // Where two make the same at once, one of the two is thrown away.
    if (!existsSync(assembly)) throw error;
  }
  return assembly;
}

async function runApp(
  app: string,
  context: Record<string, string>,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { context: flags } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const options = {
    cwd: root,
    ...(signal && { signal }),
    env: {
      ...process.env,
      CDK_OUTDIR: directory,
      CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }),
      // `npm test` validates the stack; the local run wants its template.
      CDK_VALIDATION: 'false',
    },
  };
  try {
    const node = promisify(execFile);
    await node(process.execPath, ['build/functions.ts'], options);
    await node(process.execPath, [...packageOfCheckout, app], options);
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr } = error as { stderr?: string };
    throw new SynthesisError(stderr?.trim() || 'The stack could not be synthesized.', {
      cause: error,
    });
  }
}

function dropUnused(): void {
  for (const name of readdirSync(kept)) {
    const directory = join(kept, name);
    const { mtimeMs = Date.now() } = statSync(directory, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > weekMs) rmSync(directory, { recursive: true, force: true });
  }
}
