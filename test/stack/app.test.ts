import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createOutdir } from './synthesize.ts';

const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8'));
const directory = createOutdir();
const webApiUrl = 'https://example.superoffice.com/Cust1/api';

const run = (words: string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: undefined, NODE_OPTIONS: undefined, ...env },
  });

/** `cdk synth`, which reads cdk.json. */
const synthesize = (context: Record<string, string>) =>
  run(
    [
      ...['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--no-notices'],
      ...['--output', directory],
      ...Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    { CDK_VALIDATION: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' },
  );

/** The app as the CDK's CLI starts it, which adds lines of its own to an error. */
const runApp = (context: Record<string, string>) =>
  run(['bin/app.ts'], {
    CDK_OUTDIR: directory,
    CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }),
  });

const readJson = (file: string) => JSON.parse(readFileSync(join(directory, file), 'utf8'));

describe('app', () => {
  it('passes the validation of templates and cdk-nag', () => {
    const { status, stderr } = synthesize({
      webApiUrl,
      stage: 'checked',
      alarmEmail: 'a@example.com',
      eventBridgeIntake: 'true',
      httpIntake: 'true',
    });

    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(readJson('validation-report.json').pluginReports).toEqual([]);
    expect(Object.keys(readJson('RouteChat-checked.template.json').Outputs)).toHaveLength(14);
  });

  it('answers a wrong setting in one line, and synthesizes nothing', () => {
    const { status, stdout, stderr } = runApp({
      webApiUrl,
      stage: 'wrong',
      maxCallsPerSecond: '0',
    });

    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe('maxCallsPerSecond: expected a whole number from 1 to 10000; found "0".\n');
    expect(() => readJson('RouteChat-wrong.template.json')).toThrow('ENOENT');
  });
});
