import { describe, expect, it } from '@jest/globals';
import { filterPatternFor, readLogLine } from '../../../../cli/send/log-line.ts';

const id = '71025375-41e1-4660-acdd-39919246844a';

describe('readLogLine', () => {
  it('reads what the function says of an event', () => {
    const line = {
      level: 'INFO',
      message: 'event',
      eventMessageId: id,
      chatSessionId: 648,
      outcome: 'not-applied',
      cause: 'owned-by-another',
      error: null,
      httpStatus: 200,
      actingAsId: 31,
      userId: 12,
      transferToId: null,
      receiveCount: 2,
    };

    expect(readLogLine(JSON.stringify(line))).toEqual({
      eventMessageId: id,
      isResult: true,
      outcome: 'not-applied',
      cause: 'owned-by-another',
      error: null,
      httpStatus: 200,
      actingAsId: 31,
      userId: 12,
      transferToId: null,
      receiveCount: 2,
    });
  });

  it.each([
    [{ outcome: 'retry', error: 'unavailable' }, false],
    [{ outcome: 'assigned', actingAsId: null }, true],
  ])('tells a result from what comes before it: %j', (fields, isResult) => {
    const line = JSON.stringify({ eventMessageId: id, ...fields });

    expect(readLogLine(line)).toMatchObject({ ...fields, isResult, actingAsId: null, cause: null });
  });

  it.each([
    '',
    'START RequestId: 1',
    'null',
    '{"outcome":"assigned"}',
    `{"eventMessageId":"${id}"}`,
  ])('leaves out other lines: %s', (line) => {
    expect(readLogLine(line)).toBeUndefined();
  });
});

describe('filterPatternFor', () => {
  it('asks for the events by their ids', () => {
    expect(filterPatternFor(['a', 'b'])).toBe(
      '{ ($.eventMessageId = "a") || ($.eventMessageId = "b") }',
    );
  });

  it.each([1, 10, 11, 1_000])('fits what CloudWatch Logs takes: %i events', (count) => {
    expect(filterPatternFor(Array(count).fill(id)).length).toBeLessThanOrEqual(1_024);
  });
});
