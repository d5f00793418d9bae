import type { SuperOfficeStandIn } from '../../stand-ins/superoffice/server.ts';
import { unseenChatSessionId } from '../stack/unseen-chat.ts';

/** What the demo needs of the run it is played in. */
export type DemoOptions = {
  superOffice: SuperOfficeStandIn;
  /** Sends events; resolves when each has its result, or will have none. */
  sendAndWait(bodies: readonly string[]): Promise<void>;
};

/** Whom the demo has accept a chat. */
const acceptedChat = { chatSessionId: 642, toAssociate: 'dee' };

/** Sends one event of every kind that can occur without a fault, successes first. */
export async function playDemo({ superOffice, sendAndWait }: DemoOptions): Promise<void> {
  await sendAndWait([toBody(acceptedChat)]);
  superOffice.tenant.accept(acceptedChat.chatSessionId);
  for (const bodies of demoSteps(Date.now())) await sendAndWait(bodies);
}

/** What is moved, what SuperOffice ignores, and what is wrong: each sent when the one before is done. */
function demoSteps(now: number): string[][] {
  const event = (chatSessionId: number, toAssociate: string | number, more = {}) =>
    toBody({ chatSessionId, toAssociate, ...more });
  return [
    [toBody({ ...acceptedChat, reason: 'asked again: dee has accepted' })],
    [
      event(640, 8, { source: 'escalation', reason: 'no answer for 5 minutes' }),
      event(641, 'router', { source: 'rebalancing' }),
      event(647, 'ann', { dryRun: true }),
      // In one batch, so that the second supersedes the first.
      event(644, 'ann', { source: 'routing-rule:vip' }),
      event(644, 'cho', { source: 'escalation' }),
    ],
    [
      event(650, 'ann'),
      event(651, 'ann'),
      event(652, 'ann'),
      event(653, 'ann'),
      event(658, 'dee'),
      event(643, 'zoe'),
      event(unseenChatSessionId, 'ann'),
      event(645, 'ann', { expiresAt: new Date(now - 60_000).toISOString() }),
    ],
    [
      event(999, 'ann'),
      'chat 646 to ann, please',
      '["646", "ann"]',
      toBody({ chatSessionId: '646', toAssociate: 'ann' }),
      event(646, 'ann', { expiresInSeconds: 0 }),
      event(646, 'ann', { expiresInSeconds: 60, expiresAt: new Date(now + 60_000).toISOString() }),
    ],
  ];
}

const toBody = (event: object) => JSON.stringify(event);
