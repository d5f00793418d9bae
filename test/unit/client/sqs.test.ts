import { describe, expect, it } from '@jest/globals';
import { callTimeoutMs, clientBounds } from '../../../client/sqs.ts';
import { awsCallTimeoutMs, awsClientBounds } from '../../../runtime/aws-client.ts';

describe('clientBounds', () => {
  it("are the functions' own, although the client knows nothing of them", () => {
    expect(clientBounds()).toEqual(awsClientBounds);
    expect(callTimeoutMs).toBe(awsCallTimeoutMs);
  });
});
