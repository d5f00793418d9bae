import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { startProgress } from '../../../../cli/send/progress.ts';
import { logged } from '../../../support/logged.ts';

const events = [648, 649, 650].map((chatSessionId) => ({ chatSessionId, toAssociate: 'ann' }));

/** Progress of so many events, and all that was shown of it. */
function progressOf(count: number, isWaiting: boolean, isTTY: boolean) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 80 });
  const progress = startProgress(
    events.slice(0, count),
    isWaiting,
    stream as unknown as NodeJS.WriteStream,
  );
  return { progress, shown: () => String(stream.read() ?? '') };
}

describe('startProgress', () => {
  it.each([
    [false, '2 of 3 events sent, '],
    [true, '1 of 3 results, 2 sent, '],
  ])('draws a bar of many events on a terminal: waiting for results %s', (isWaiting, words) => {
    const { progress, shown } = progressOf(3, isWaiting, true);

    progress.onSent();
    progress.onSent();
    if (isWaiting) progress.onOutcome();
    progress.stop();

    expect(shown()).toContain(words);
  });

  it('draws none where nobody sees it', () => {
    const { progress, shown } = progressOf(3, true, false);

    progress.onSent();
    progress.onUnderWay(logged({ isResult: false, outcome: 'retry' }));
    progress.stop();

    expect(shown()).toBe('');
  });

  it('says of one event what it waits for, and what keeps it', () => {
    const { progress, shown } = progressOf(1, true, true);

    progress.onSent();
    progress.onUnderWay(logged({ isResult: false, outcome: 'retry', error: 'unavailable' }));
    progress.onUnderWay(logged({ isResult: false, outcome: 'offered' }));
    progress.stop();

    expect(shown().split('\n')).toEqual([
      'Sent. Waiting for the result …',
      'chat 648: attempt 1 ended with unavailable, tried again',
      'chat 648: offered',
      '',
    ]);
  });
});
