import { describe, expect, it } from '@jest/globals';
import { createRouteChat } from '../../../../functions/route-chat/route-chat.ts';
import { fixedTenant } from '../../../../superoffice/tenant-address.ts';
import { ann } from '../../../support/associates.ts';
import { fakeQueues, fakeReport, outcomesOf } from '../../../support/batch-world.ts';
import { associateCarrier, chatSessionEntity } from '../../../support/chat-session.ts';
import { fakeFetch, json } from '../../../support/fake-fetch.ts';
import { event } from '../../../support/route-chats-world.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

const unauthorized = () => new Response('', { status: 401 });
const transferred = (request: Request) => {
  const ChatSessionId = Number(/ChatSession\/(\d+)/.exec(request.url)?.[1]);
  return json(chatSessionEntity({ ChatSessionId, TransferTo: associateCarrier(ann) }));
};

function setUp(
  respond: (request: Request) => Response,
  readSecret: () => Promise<string> = async () => '{"ticket":"a"}',
) {
  const clock = createVirtualClock();
  const queues = fakeQueues();
  const report = fakeReport();
  const { fetch, requests } = fakeFetch(respond);
  const tenant = fixedTenant('https://so.example/api');
  const routeChat = createRouteChat(
    { queues, readSecret, tenant, report, clock, fetch, random: () => 0 },
    { timeToLiveMs: 300_000, callSpacingMs: 250 },
  );
  const handle = (chats: number) => {
    const records = Array.from({ length: chats }, (_, index) => event(`m${index}`, index + 1));
    return clock.until(routeChat.handle(records, clock.now() + 15_000));
  };
  return { clock, queues, report, requests, routeChat, handle };
}

describe('createRouteChat', () => {
  it('tells of ten transfers, one call each, at the pace that is allowed', async () => {
    const { handle, queues, requests, clock } = setUp(transferred);
    const before = clock.now();

    expect(await handle(10)).toEqual({ batchItemFailures: [] });
    expect(requests).toHaveLength(10);
    expect(new Set(outcomesOf(queues)).size).toBe(10);
    // One spacing before the first call, and one after the last.
    expect(clock.now() - before).toBe(11 * 250);
  });

  it('does not try a refused ticket for every event of the batch', async () => {
    const { handle, requests, report } = setUp(unauthorized);

    const { batchItemFailures } = await handle(10);

    expect(batchItemFailures).toHaveLength(10);
    expect(requests).toHaveLength(1);
    expect(report.counts.filter((name) => name === 'TicketRefused')).toHaveLength(1);
  });

  it('goes on with a new ticket as soon as it is there, without trying the old one again', async () => {
    const secrets = ['{"ticket":"a"}', '{"ticket":"b"}'];
    const { handle, requests } = setUp(
      (request) =>
        request.headers.get('authorization') === 'SOTicket b'
          ? transferred(request)
          : unauthorized(),
      async () => (secrets.length > 1 ? secrets.shift() : secrets[0]) ?? '',
    );

    expect(await handle(10)).toEqual({ batchItemFailures: [] });
    expect(requests).toHaveLength(11);
  });

  it('fetches the ticket ahead of the first event', async () => {
    let reads = 0;
    const { routeChat, handle } = setUp(transferred, async () => {
      reads += 1;
      return '{"ticket":"a"}';
    });

    await routeChat.init();
    expect(reads).toBe(1);
    await handle(1);

    expect(reads).toBe(1);
  });

  it('does not hold up the first event for a ticket that cannot be fetched', async () => {
    const hanging = setUp(transferred, () => new Promise(() => {}));
    const failing = setUp(transferred, () => Promise.reject(new Error('denied')));
    const before = hanging.clock.now();

    await hanging.clock.until(hanging.routeChat.init());
    await failing.clock.until(failing.routeChat.init());

    expect(hanging.clock.now() - before).toBe(2_000);
  });
});
