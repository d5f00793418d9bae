import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Synthesizes the stack as `cdk synth` would, bundles included, without the CLI's own start-up.
 * @param context deployment settings, as `-c key=value` would give them
 * @returns the directory of the cloud assembly
 * @throws Error with the app's one line where a setting is wrong.
 */
export async function synthesize(
  context: Record<string, string>,
  directory = '.build/cdk.out',
): Promise<string> {
  const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  try {
    await promisify(execFile)(process.execPath, ['bin/app.ts'], {
      env: {
        ...process.env,
        CDK_OUTDIR: directory,
        CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }),
        // The gate validates; the local run wants the template.
        CDK_VALIDATION: 'false',
      },
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(stderr?.trim() || 'The stack could not be synthesized.', { cause: error });
  }
  return directory;
}
