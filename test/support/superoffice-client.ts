import { createSuperOffice, type SuperOfficeOptions } from '../../superoffice/client.ts';
import { createCredentialSource } from '../../superoffice/credential-source.ts';
import type { TenantAddress } from '../../superoffice/tenant-address.ts';
import { chatSessionEntity } from './chat-session.ts';
import { fakeExchange, json } from './fake-exchange.ts';
import { createVirtualClock, startOfTime, type VirtualClock } from './virtual-clock.ts';

type Answer = (request: Request, clock: VirtualClock) => Response | Promise<Response>;

export const at = (host: string): TenantAddress => ({
  kind: 'running',
  webApiUrl: `https://${host}.example/api`,
});
export const ticket = (name: string) => JSON.stringify({ ticket: name });
export const ok: Answer = () => json(chatSessionEntity());
/** An answer SuperOffice's API did not write, which may say when to come again. */
export const status =
  (code: number, retryAfter?: string): Answer =>
  () =>
    new Response('', {
      status: code,
      headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    });

const inOrder = <Item>(items: Item[]) => {
  let taken = 0;
  return () => items[Math.min(taken++, items.length - 1)] as Item;
};

/** Long after everything. */
const anHourOn = { latestStart: startOfTime + 3_600_000 };

/**
 * A client, and the SuperOffice, secret and tenant it meets: each list is used in order, its last
 * item stays. Moments are in milliseconds from the start; the spacing is 250.
 */
export function setUpClient(
  given: {
    secrets?: string[];
    secretMs?: number;
    addresses?: TenantAddress[];
    answers?: Answer[];
    connect?: (clock: VirtualClock) => Promise<unknown>;
  } & Partial<SuperOfficeOptions> = {},
) {
  const { secrets = [ticket('a')], addresses = [at('one')], answers = [ok], ...others } = given;
  const { secretMs, connect, ...options } = others;
  const nextSecret = inOrder(secrets);
  const nextAddress = inOrder(addresses);
  const nextAnswer = inOrder(answers);
  const clock = createVirtualClock();
  const read = { secret: 0, address: 0 };
  /** Requests that left: as whom, where to, when. */
  const sent: { as: string | null; to: string; at: number }[] = [];
  let address = nextAddress();

  const { exchange, requests } = fakeExchange(
    (request) => {
      const as = request.headers.get('authorization');
      const to = new URL(request.url).hostname.replace('.example', '');
      sent.push({ as, to, at: clock.now() - startOfTime });
      return nextAnswer()(request, clock);
    },
    () => connect?.(clock) ?? Promise.resolve(),
  );
  const superOffice = createSuperOffice({
    credentials: createCredentialSource({
      async readSecret() {
        read.secret += 1;
        if (secretMs) await clock.sleep(secretMs);
        return nextSecret();
      },
      timeoutMs: 5_000,
      onUnavailable: () => {},
      onRefused: async () => undefined,
      onLoginRefused: () => {},
      clock,
    }),
    tenantAddress: {
      async current() {
        read.address += 1;
        return address;
      },
      atHand: () => address,
      async renew() {
        read.address += 1;
        address = nextAddress();
        return address;
      },
    },
    callSpacingMs: 250,
    callTimeoutMs: 5_000,
    longestPauseMs: 300_000,
    clock,
    exchange,
    ...options,
  });
  return {
    clock,
    superOffice,
    requests,
    sent,
    read,
    transfer: ({ latestStart = anHourOn.latestStart, deadline = anHourOn.latestStart } = {}) =>
      superOffice.transferTo(648, '8', { latestStart, deadline }),
    look: (limits = anHourOn) => superOffice.look(648, limits),
    pickUp: () => superOffice.pickUp(648, { ...anHourOn, deadline: anHourOn.latestStart }),
    reset: (limits = anHourOn) => superOffice.reset(648, limits),
    whoAmI: (limits = anHourOn) => superOffice.whoAmI(limits),
  };
}
