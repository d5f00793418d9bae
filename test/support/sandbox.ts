import type { SQSRecord } from 'aws-lambda';
import type { Queues } from '../../functions/route-chat/queues.ts';
import { createRouteChat } from '../../functions/route-chat/route-chat.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import { sqsRecord } from './events.ts';
import { fakeQueues } from './fake-queues.ts';
import { fakeReport } from './fake-report.ts';
import { fakeSuperOffice } from './fake-super-office.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Of the function's own role. */
export const roleId = 'AROAROUTECHAT';

const functionTimeoutMs = 15_000;

/** One sandbox of the function; `given` differs from a SuperOffice and queues that take everything. */
export function sandbox(
  given: { superOffice?: Partial<SuperOffice>; queues?: Partial<Queues> } = {},
) {
  const clock = createVirtualClock();
  const queues = fakeQueues(given.queues);
  const report = fakeReport();
  const superOffice = fakeSuperOffice(given.superOffice);
  const routeChat = createRouteChat(
    { superOffice, queues, report, clock, random: () => 0 },
    { timeToLiveMs: 300_000, roleId },
  );
  return {
    clock,
    queues,
    report,
    superOffice,
    /** Message ids of those that go back, once the batch is done. */
    async receive(...records: SQSRecord[]): Promise<string[]> {
      const { batchItemFailures } = await clock.until(
        routeChat(records, clock.now() + functionTimeoutMs),
      );
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}

/** Later than those of `offerEvent`. */
let sequence = 1_000_000;

/** An event that asks for ann, later in its chat's message group than every one made before it. */
export const event = (
  messageId: string,
  {
    chatSessionId = 648,
    receiveCount = 1,
    sequenceNumber = ++sequence,
    ...fields
  }: {
    chatSessionId?: number;
    receiveCount?: number;
    sequenceNumber?: number;
    expiresAt?: string;
    dryRun?: boolean;
    yields?: boolean;
  } = {},
) =>
  sqsRecord({
    messageId,
    body: { chatSessionId, toAssociate: 8, ...fields },
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SequenceNumber: String(sequenceNumber),
      MessageGroupId: String(chatSessionId),
    },
  });

/** The same message, received once more. */
export const again = (record: SQSRecord, receiveCount: number): SQSRecord => ({
  ...record,
  attributes: { ...record.attributes, ApproximateReceiveCount: String(receiveCount) },
});
