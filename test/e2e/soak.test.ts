import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const limitMs = 60_000;

/** Runs a program to its end; `--seed` makes it the same each time, but for its timing. */
async function run(file: string, options: string) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const argv = [path, ...options.split(' '), '--max-calls-per-second', '500', '--json'];
  return await new Promise<{ exitCode: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, argv, (error, stdout, stderr) =>
      resolve({ exitCode: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('npm run soak', () => {
  it(
    'keeps every promise while calls fail and sandboxes are killed',
    async () => {
      const options = '--events 60 --offers 0 --fault-rate 8 --kill-every 1 --seed 648';

      const { exitCode, stdout, stderr } = await run('../../soak/start.ts', options);

      const { sent, results, breaches, kills, faults, repeat } = JSON.parse(stdout);
      const told = Object.values<number>(results).reduce((sum, times) => sum + times, 0);
      expect(breaches).toEqual([]);
      expect({ sent, told }).toEqual({ sent: 60, told: 60 });
      expect(kills).toBeGreaterThan(0);
      expect(Object.keys(faults).length).toBeGreaterThan(0);
      expect(stderr).toContain('scaled: ');
      expect(repeat).toContain('--seed 648');
      expect(exitCode).toBe(0);
    },
    limitMs,
  );

  it(
    'ends with exit code 1 where a result is lost and another comes twice',
    async () => {
      const options = '--events 12 --offers 0 --fault-rate 0 --kill-every 0 --seed 1';

      const { exitCode, stdout, stderr } = await run('../support/forgetful-soak.ts', options);

      expect(JSON.parse(stdout).broken).toMatchObject({ lost: 1, duplicate: 1, untrue: 0 });
      expect(stderr).toContain('soak-1.log');
      expect(exitCode).toBe(1);
    },
    limitMs,
  );

  it('refuses what it cannot use in one line, exit code 2', async () => {
    const { exitCode, stdout, stderr } = await run('../../soak/start.ts', '--events none');

    const [says] = stderr.split('\n');
    expect(says).toBe('--events: expected a whole number from 1 to 100000; found "none".');
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });
});
