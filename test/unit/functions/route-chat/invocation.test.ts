import { describe, expect, it } from '@jest/globals';
import { functionTimeoutSeconds } from '../../../../functions/route-chat/function-timeout.ts';
import { invocationUntil, reserveMs } from '../../../../functions/route-chat/invocation.ts';
import { awsCallTimeoutMs } from '../../../../runtime/aws-client.ts';
import { callTimeoutMs } from '../../../../runtime/superoffice.ts';

const functionTimeoutMs = functionTimeoutSeconds * 1000;
const { endsAt, latestStart } = invocationUntil(functionTimeoutMs);

describe('reserveMs', () => {
  it('is enough for a send that hangs, a second for visibility timeouts, and the answer', () => {
    expect(reserveMs).toBeGreaterThanOrEqual(awsCallTimeoutMs + 1_000 + 300);
  });
});

describe('invocationUntil', () => {
  it('ends when Lambda stops the function', () => {
    expect(endsAt).toBe(functionTimeoutMs);
  });

  it('keeps back, after a call that hangs, what it takes to send its result', () => {
    expect(endsAt - latestStart).toBe(callTimeoutMs + reserveMs);
  });

  it('leaves time to start a call in after a look that hung', () => {
    expect(latestStart).toBeGreaterThanOrEqual(callTimeoutMs);
  });
});
