import { describe, expect, it } from '@jest/globals';
import { costOfAMillion } from '../../../bench/cost.ts';
import { prices } from '../../../bench/prices.ts';

describe('costOfAMillion', () => {
  it('counts sending, receiving and deleting beside the function’s own requests', () => {
    const usage = { events: 10, durationMs: 0, sqsRequests: 1, loggedBytes: 0 };

    const { sqs } = costOfAMillion([usage, usage]);

    // A million sent, and for each ten of them one received, one deleted, one result batch sent.
    expect(sqs).toBeCloseTo(1_300_000 * prices.sqsRequest, 9);
  });

  it('counts no deletion where nothing was done with', () => {
    const held = { events: 0, durationMs: 0, sqsRequests: 1, loggedBytes: 0, deletesNothing: true };

    const { sqs } = costOfAMillion([{ ...held, events: 1, deletesNothing: false }, held]);

    // Sent once, received twice, deleted once, and two requests of the function's.
    expect(sqs).toBeCloseTo(6_000_000 * prices.sqsRequest, 9);
  });

  it('bills duration at the function’s memory, and every invocation', () => {
    const usage = { events: 1, durationMs: 400, sqsRequests: 0, loggedBytes: 0 };

    const { lambda } = costOfAMillion([usage]);

    expect(lambda).toBeCloseTo(0.2 + 100_000 * prices.lambdaGbSecond, 9);
  });

  it('adds up', () => {
    const { sqs, lambda, logs, total } = costOfAMillion([
      { events: 10, durationMs: 250, sqsRequests: 3, loggedBytes: 4_000 },
    ]);

    expect(logs).toBeCloseTo(((4_000 + 700) / 10) * 1e6 * (prices.logsGb / 1e9), 9);
    expect(total).toBeCloseTo(sqs + lambda + logs, 12);
  });
});
