import { channel } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import { watchRequests } from '../../../superoffice/watched-requests.ts';
import { fakeFetch } from '../../support/fake-fetch.ts';

const created = channel('undici:request:create');
const sending = channel('undici:client:sendHeaders');
const url = 'https://so.example/api';

function setUp() {
  const told: string[] = [];
  const watcher = (name: string) => ({
    onCreated: () => told.push(`${name} created`),
    onSent: () => told.push(`${name} sent`),
  });
  /** In the order of the requests: what lets each connection stand. */
  const connections: (() => void)[] = [];
  /** Of the answers to come; 200 after that. */
  const statuses: number[] = [];
  const { fetch } = fakeFetch(
    () => new Response(null, { status: statuses.shift() ?? 200 }),
    () => new Promise<void>((resolve) => connections.push(resolve)),
  );
  const turn = () => new Promise(setImmediate);
  const connect = async (number: number) => {
    connections[number]?.();
    await turn();
  };
  return { told, watcher, fetch, connect, statuses };
}

describe('watchRequests', () => {
  it('hands back what the call comes to', async () => {
    const { watcher } = setUp();

    expect(await watchRequests(watcher('a'), async () => 'value')).toBe('value');
  });

  it('tells when there is a request, and when it leaves', async () => {
    const { told, watcher, fetch, connect } = setUp();

    const answer = watchRequests(watcher('a'), () => fetch(url));
    expect(told).toEqual(['a created']);
    await connect(0);
    await answer;

    expect(told).toEqual(['a created', 'a sent']);
  });

  it('tells each caller of its own requests only', async () => {
    const { told, watcher, fetch, connect } = setUp();

    const answers = ['a', 'b'].map((name) => watchRequests(watcher(name), () => fetch(url)));
    await connect(1);
    await connect(0);
    await Promise.all(answers);

    expect(told).toEqual(['a created', 'b created', 'b sent', 'a sent']);
  });

  it('tells whose request leaves, whoever made the connection stand', async () => {
    const { told, watcher } = setUp();
    const message = { request: {} };

    await watchRequests(watcher('a'), async () => created.publish(message));
    await watchRequests(watcher('b'), async () => sending.publish(message));

    expect(told).toEqual(['a created', 'a sent']);
  });

  it('tells of each request that fetch makes', async () => {
    const { told, watcher, fetch, connect, statuses } = setUp();
    statuses.push(421);

    const answer = watchRequests(watcher('a'), () => fetch(url));
    await connect(0);
    await connect(1);
    await answer;

    expect(told).toEqual(['a created', 'a sent', 'a created', 'a sent']);
  });

  it('tells nobody of requests that nobody watches', async () => {
    const { told, watcher, fetch, connect } = setUp();
    await watchRequests(watcher('a'), async () => {});

    const answer = fetch(url);
    await connect(0);
    await answer;

    expect(told).toEqual([]);
  });
});
