import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsCallBound, awsClientBounds } from '../../runtime/aws-client.ts';
import type { RenewalRequest } from '../../runtime/renewal-request.ts';
import { nameOf, type Report } from '../../runtime/report.ts';

/** An invocation has no more time for it; the next refusal, ten seconds on, asks again. */
const timeoutMs = 1_000;

/**
 * Asks for another credential. All sandboxes that one version was refused to ask once in five minutes
 * together: its id is the deduplication id. Never rejects.
 */
export function createRenewalRequests(queueUrl: string, report: Report) {
  const client = new SQSClient(awsClientBounds);
  return async (refusedVersionId: string): Promise<void> => {
    try {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify({ refusedVersionId } satisfies RenewalRequest),
          MessageGroupId: 'credential',
          MessageDeduplicationId: refusedVersionId,
        }),
        awsCallBound(timeoutMs),
      );
    } catch (error) {
      report.problem('another credential could not be asked for', { error: nameOf(error) });
    }
  };
}
