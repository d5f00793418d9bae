import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The stack could not be synthesized; the message is what the app said, one line for a setting. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

export type SynthesisOptions = {
  /** Where the cloud assembly goes: an absolute path. */
  directory: string;
  signal?: AbortSignal;
};

/**
 * Synthesizes the stack as `cdk synth` would, bundles included, without the CLI's own start-up.
 * @param context deployment settings, as `-c key=value` would give them
 * @returns the directory of the cloud assembly
 * @throws SynthesisError where a setting is wrong.
 */
export async function synthesize(
  context: Record<string, string>,
  { directory, signal }: SynthesisOptions,
): Promise<string> {
  const { context: flags } = JSON.parse(readFileSync(`${root}cdk.json`, 'utf8'));
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
    for (const script of ['build/functions.ts', 'bin/app.ts']) {
      await promisify(execFile)(process.execPath, [script], options);
    }
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr } = error as { stderr?: string };
    throw new SynthesisError(stderr?.trim() || 'The stack could not be synthesized.', {
      cause: error,
    });
  }
  return directory;
}
