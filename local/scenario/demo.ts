import type { SuperOfficeStandIn } from '../../stand-ins/superoffice/server.ts';
import { unseenChatSessionId } from '../prompt/superoffice-control.ts';

/** What the demo needs of the run it is played in. */
export type Stage = {
  superOffice: SuperOfficeStandIn;
  /** Sends events and returns their message ids, in order. */
  send(bodies: readonly string[]): Promise<string[]>;
  /** Resolves when the event has its result, or will have none. */
  settled(messageId: string): Promise<void>;
};

/** Whom the demo has accept a chat. */
const acceptedChat = { chatSessionId: 642, toAssociate: 'dee' };

/** Sends one event of every kind that can occur without a fault. */
export async function playDemo({ superOffice, send, settled }: Stage): Promise<void> {
  const [offer] = await send(demoBodies(Date.now()));
  if (offer === undefined) return;
  await settled(offer);
  superOffice.tenant.accept(acceptedChat.chatSessionId);
  await send([toBody(acceptedChat, 'asked again: dee has accepted')]);
}

/** The first is the one whose associate accepts; the two of chat 644 go into one batch. */
export function demoBodies(now: number): string[] {
  const event = (chatSessionId: number, toAssociate: string | number, more = {}) =>
    toBody({ chatSessionId, toAssociate, ...more });
  return [
    toBody(acceptedChat),
    event(640, 8, { source: 'escalation', reason: 'no answer for 5 minutes' }),
    event(641, 'router', { source: 'rebalancer' }),
    event(644, 'ann', { source: 'routing-rule:vip' }),
    event(644, 'cho', { source: 'escalation' }),
    event(650, 'ann'),
    event(651, 'ann'),
    event(652, 'ann'),
    event(653, 'ann'),
    event(658, 'dee'),
    event(643, 'zoe'),
    event(unseenChatSessionId, 'ann'),
    event(999, 'ann'),
    event(645, 'ann', { expiresAt: new Date(now - 60_000).toISOString() }),
    'chat 646 to ann, please',
    '["646", "ann"]',
    toBody({ chatSessionId: '646', toAssociate: 'ann' }),
    event(646, 'ann', { expiresInSeconds: 0 }),
    event(646, 'ann', { expiresInSeconds: 60, expiresAt: new Date(now + 60_000).toISOString() }),
  ];
}

const toBody = (event: object, reason?: string) =>
  JSON.stringify(reason === undefined ? event : { ...event, reason });
