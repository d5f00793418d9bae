import { describe, expect, it } from '@jest/globals';
import { resultsIn, startByNpm } from '../support/local-run.ts';

const limitMs = 30_000;
const event = '{"chatSessionId":648,"toAssociate":"ben"}\n';

describe('npm start --silent', () => {
  it(
    'writes the results and nothing else to standard output',
    async () => {
      const options = ['--once', '--events', '-'];

      const { exitCode, stdout, stderr } = await startByNpm(
        ['start', '--silent', '--', ...options],
        event,
      ).ended;

      expect(resultsIn(stdout)).toEqual([expect.objectContaining({ toAssociate: 'ben' })]);
      expect(stderr).toContain('1 event, 1 result');
      expect(exitCode).toBe(0);
    },
    limitMs,
  );
});
