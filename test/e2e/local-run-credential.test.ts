import { describe, expect, it } from '@jest/globals';
import { resultsIn, startLocalRun } from '../support/local-run.ts';

const limitMs = 30_000;

describe('npm start --credential', () => {
  it.each([
    ['system-user', 'expire-ticket', 'has another one made by the system user.'],
    ['password', 'renew-ticket', 'renew-ticket is for tickets; here the function has a password.'],
  ])(
    'moves a chat by a %s after %s at the prompt',
    async (kind, command, says) => {
      const options = ['--credential', kind, '--events', '/dev/null'];

      const run = startLocalRun(options, `${command}\nsend 648 ben\n`);
      const { stdout, stderr } = await run.ended;

      expect(stderr).toContain(says);
      expect(resultsIn(stdout)).toEqual([expect.objectContaining({ outcome: 'transfer-pending' })]);
    },
    limitMs,
  );
});
