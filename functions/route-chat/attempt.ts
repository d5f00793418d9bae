import type { ResultError } from '../../contract/result.ts';
import type { CallEnd } from '../../superoffice/call-end.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import type { Credential } from '../../superoffice/credential.ts';
import { failureOf, refusalOf } from '../../superoffice/failure.ts';
import { type Conclusion, decide, perhapsApplied, type Saw } from './decide.ts';
import type { Invocation } from './invocation.ts';
import type { Remembered } from './memory.ts';
import type { RouteRequest } from './received-event.ts';

/** The end of one attempt: a conclusion, or another attempt later, and why. */
export type AttemptEnd =
  | { kind: 'concluded'; conclusion: Conclusion }
  | { kind: 'come-back'; error: ResultError };

/**
 * One attempt to transfer one chat session: does what `decide` says and feeds back what it saw.
 * @param remembered what is known of the event; kept up to date
 */
export async function attempt(
  { event, deadline }: RouteRequest,
  remembered: Remembered,
  { latestStart }: Invocation,
  { superOffice, clock }: { superOffice: SuperOffice; clock: Clock },
): Promise<AttemptEnd> {
  const { chatSessionId, toAssociate } = event;
  let credential: Credential | undefined;
  let saw: Saw = { kind: 'received' };

  const toSaw = (by: 'transfer' | 'look', end: CallEnd<ChatSession | null>) => {
    if ('credential' in end) credential = end.credential;
    return sawOf(by, end);
  };

  for (;;) {
    const next = decide({ toAssociate, deadline }, remembered.known, saw, clock.now());
    remembered.known = next.known;
    switch (next.do) {
      case 'transfer':
        // Noted before the call leaves: should this attempt break off, the next one looks first.
        remembered.known = perhapsApplied(next.known);
        saw = toSaw(
          'transfer',
          await superOffice.transferTo(chatSessionId, toAssociate, { latestStart, deadline }),
        );
        remembered.known = next.known;
        break;
      case 'look':
        saw = toSaw('look', await superOffice.look(chatSessionId, { latestStart }));
        break;
      case 'ask-owner':
        saw = {
          kind: 'owner',
          owner: credential ? await superOffice.ownerOf(credential, { latestStart }) : null,
        };
        break;
      case 'tell': {
        const known = credential ? superOffice.knownOwnerOf(credential) : null;
        const actingAs = next.conclusion.actingAs ?? known;
        return { kind: 'concluded', conclusion: { ...next.conclusion, actingAs } };
      }
      case 'come-back':
        return { kind: 'come-back', error: next.error };
    }
  }
}

/** What the end of a call means for the table. */
function sawOf(by: 'transfer' | 'look', end: CallEnd<ChatSession | null>): Saw {
  switch (end.kind) {
    case 'ok':
      return { kind: 'session', by, session: end.value };
    case 'refused':
      return { kind: 'refused', by, error: refusalOf(end) };
    default: {
      const failure = failureOf(end);
      if (by === 'transfer') return { kind: 'failed', by, ...failure };
      return {
        kind: end.kind === 'out-of-time' ? 'out-of-time' : 'failed',
        by,
        error: failure.error,
      };
    }
  }
}
