import { describe, expect, it } from '@jest/globals';
import {
  awsClientBounds,
  callTimeoutMs,
  functionTimeoutSeconds,
  initTimeoutMs,
  latestStart,
} from '../../../../functions/route-chat/timing.ts';

const { maxAttempts, requestHandler } = awsClientBounds;
const awsCallAtWorstMs = maxAttempts * requestHandler.requestTimeout;
const functionTimeoutMs = functionTimeoutSeconds * 1000;

describe('latestStart', () => {
  it('leaves time for a call that hangs, its result, and the answer to Lambda', () => {
    const leftAfterTheCall = functionTimeoutMs - latestStart(functionTimeoutMs) - callTimeoutMs;

    expect(leftAfterTheCall).toBeGreaterThan(awsCallAtWorstMs + 1_000);
  });

  it('leaves time to start in, also where asking first took as long as it may', () => {
    expect(latestStart(functionTimeoutMs)).toBeGreaterThanOrEqual(callTimeoutMs);
  });
});

describe('awsClientBounds', () => {
  it('lets no connection hang', () => {
    expect(requestHandler.throwOnRequestTimeout).toBe(true);
    expect(requestHandler.connectionTimeout).toBeLessThanOrEqual(requestHandler.requestTimeout);
  });
});

describe('initTimeoutMs', () => {
  it('ends long before Lambda loses patience with module load, after ten seconds', () => {
    expect(initTimeoutMs).toBeLessThan(10_000);
  });
});
