import type { ResultError } from '../../contract/result.ts';
import type { CallEnd } from '../../superoffice/call-end.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import type { Credential } from '../../superoffice/credential.ts';
import { failureOf, refusalOf } from '../../superoffice/failure.ts';
import { type Conclusion, decide, perhapsApplied, type Saw, type SawLook } from './decide.ts';
import { decideDryRun } from './dry-run.ts';
import type { Invocation } from './invocation.ts';
import type { Remembered } from './memory.ts';
import type { RouteRequest } from './received-event.ts';

/** The end of one attempt: a conclusion, or another attempt later, and why. */
export type AttemptEnd =
  | { kind: 'concluded'; conclusion: Conclusion }
  | { kind: 'come-back'; error: ResultError };

/** What led to an attempt. */
export type Before = {
  saw: Saw;
  /** That it was seen with. */
  credential?: Credential | undefined;
  /** Who is being asked there was asked by the same event. */
  isOwnQuestion?: boolean;
};

/**
 * One attempt to transfer one chat session: does what `decide` says and feeds back what it saw.
 * @param remembered what is known of the event; kept up to date
 * @param before what was seen before it began
 */
export async function attempt(
  { event, deadline }: Pick<RouteRequest, 'event' | 'deadline'>,
  remembered: Pick<Remembered, 'known'>,
  { latestStart }: Pick<Invocation, 'latestStart'>,
  { superOffice, clock }: { superOffice: SuperOffice; clock: Clock },
  before: Before = { saw: { kind: 'received' } },
): Promise<AttemptEnd> {
  const { chatSessionId, toAssociate, yields } = event;
  const table = event.dryRun ? decideDryRun : decide;
  const wish = { ...event, deadline, yields: yields && !before.isOwnQuestion };
  let { saw, credential } = before;

  const noted = (end: CallEnd<ChatSession | null>) => {
    if ('credential' in end) credential = end.credential;
    return end;
  };

  for (;;) {
    const next = table(wish, remembered.known, saw, clock.now());
    remembered.known = next.known;
    switch (next.do) {
      case 'transfer':
        // Noted before the call leaves: should this attempt break off, the next one looks first.
        remembered.known = perhapsApplied(next.known);
        saw = sawTransferEnd(
          noted(
            await superOffice.transferTo(chatSessionId, toAssociate, {
              latestStart,
              deadline,
              yields,
            }),
          ),
        );
        remembered.known = next.known;
        break;
      case 'look':
        saw = sawLookEnd(noted(await superOffice.look(chatSessionId, { latestStart, yields })));
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

/** What the end of a look means for a table. */
export function sawLookEnd(end: CallEnd<ChatSession | null>): SawLook {
  switch (end.kind) {
    case 'ok':
      return { kind: 'session', by: 'look', session: end.value };
    case 'refused':
      return { kind: 'refused', by: 'look', error: refusalOf(end) };
    default: {
      const { error } = failureOf(end);
      return { kind: end.kind === 'out-of-time' ? 'out-of-time' : 'failed', by: 'look', error };
    }
  }
}

function sawTransferEnd(end: CallEnd<ChatSession | null>): Saw {
  switch (end.kind) {
    case 'ok':
      return { kind: 'session', by: 'transfer', session: end.value };
    case 'refused':
      return { kind: 'refused', by: 'transfer', error: refusalOf(end) };
    default:
      return { kind: 'failed', by: 'transfer', ...failureOf(end) };
  }
}
