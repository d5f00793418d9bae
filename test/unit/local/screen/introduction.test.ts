import { describe, expect, it } from '@jest/globals';
import { howToUse } from '../../../../local/screen/introduction.ts';

const sqs = 'http://127.0.0.1:1';
const running = (given: object) =>
  ({
    deployment: {
      eventQueueUrl: `${sqs}/1/events.fifo`,
      resultQueueUrls: [`${sqs}/1/results.fifo`, `${sqs}/1/my-team-results.fifo`],
      deadLetterQueueUrl: `${sqs}/1/dead.fifo`,
      sqs: { endpoint: sqs },
      secretsManager: { endpoint: 'http://127.0.0.1:2' },
    },
    ...given,
  }) as never;

describe('howToUse', () => {
  it('shows every result queue, those that sources have for themselves, too', () => {
    const lines = howToUse(running({ superOffice: undefined }), true);

    expect(lines.filter((line) => line.startsWith('  result queue '))).toEqual([
      `  result queue       ${sqs}/1/results.fifo`,
      `  result queue       ${sqs}/1/my-team-results.fifo`,
    ]);
  });

  it.each([
    [{ webApiUrl: 'http://127.0.0.1:3' }, 'npm run send -- 648 ben --wait'],
    [undefined, 'npm run send -- 648 NAME --wait'],
  ])(
    'offers a command that sends an event, to nobody in a real SuperOffice',
    (superOffice, command) => {
      expect(howToUse(running({ superOffice }), true).join('\n')).toContain(`: ${command}\n`);
    },
  );
});
