import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { awsCallBound, awsCallTimeoutMs, awsClientBounds } from '../../../runtime/aws-client.ts';

const { maxAttempts, requestHandler } = awsClientBounds;

afterEach(() => {
  jest.restoreAllMocks();
});

describe('awsClientBounds', () => {
  it('lets no connection hang', () => {
    expect(requestHandler.throwOnRequestTimeout).toBe(true);
    expect(requestHandler.connectionTimeout).toBeLessThanOrEqual(requestHandler.requestTimeout);
  });

  it('lets both attempts end within the time of one call', () => {
    expect(maxAttempts * requestHandler.requestTimeout).toBeLessThanOrEqual(awsCallTimeoutMs);
  });
});

describe('awsCallBound', () => {
  it.each([
    [undefined, awsCallTimeoutMs],
    [20, 20],
    [60_000, awsCallTimeoutMs],
  ])('lets a call within %p ms take %i', (withinMs, boundMs) => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');

    const { abortSignal } = awsCallBound(withinMs);

    expect(timeout.mock.calls).toEqual([[boundMs]]);
    expect(abortSignal).toBe(timeout.mock.results[0]?.value);
  });
});
