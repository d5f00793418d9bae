import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { leaveOutRefused } from './left-out.ts';

const root = join(import.meta.dirname, '..');
const assembly = join(root, '.build/rehearsal/cdk.out');

type Settings = Record<string, string>;

/** Synthesizes the real app as `cdk synth` does, and deploys it. Resolves to what was left out. */
export async function deploy(stackName: string, settings: Settings): Promise<string[]> {
  await cdk(['synth', '--quiet', '--output', assembly, ...flagsOf(settings)]);
  const leftOut = leaveOutRefused(assembly, stackName);
  await cdk(['deploy', stackName, '--app', assembly, '--require-approval', 'never']);
  return leftOut;
}

export const bootstrap = (settings: Settings) => cdk(['bootstrap', ...flagsOf(settings)]);

/** Of the stack as it was deployed last. */
export const destroy = (stackName: string) =>
  cdk(['destroy', stackName, '--app', assembly, '--force']);

const flagsOf = (settings: Settings) =>
  Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);

/**
 * Runs `cdk` against whatever the environment says AWS is.
 * @throws Error with the last of what it said, where it failed
 */
async function cdk(args: string[]): Promise<void> {
  const child = spawn(join(root, 'node_modules/.bin/cdk'), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`cdk ${args[0]} failed (${code}):\n${said}`);
}
