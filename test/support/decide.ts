import type { ResultError } from '../../contract/result.ts';
import { type Known, nothingKnown, type Saw } from '../../functions/route-chat/decide.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import { ann, ben, router } from './associates.ts';
import { chatSession } from './chat-session.ts';

export const deadline = 1_000_000;
/** The event whose table this is: it asks for ann. */
export const wish = { toAssociate: String(ann.associateId), deadline };

const errorOf = (code: string): ResultError => ({ code, message: code, httpStatus: null });
export const throttled = errorOf('throttled');
export const timeout = errorOf('timeout');
export const conflict = errorOf('http-409');
export const unavailable = errorOf('unavailable');

/** The chat session, by what it shows. */
export const sessions = {
  'ann asked': chatSession({ transferTo: ann }),
  'ann has it': chatSession({ user: ann }),
  'nobody asked': chatSession(),
  'ben asked': chatSession({ transferTo: ben }),
  'ann has it, ben asked': chatSession({ user: ann, transferTo: ben }),
  'ben has it': chatSession({ user: ben }),
  'nobody has it': chatSession({ user: null }),
  'a chatbot has it': chatSession({ chatbotIsActive: true }),
  ended: chatSession({ status: 'Closed', transferTo: ann }),
  'ended, ben asked': chatSession({ status: 'Closed', transferTo: ben }),
  'no session': null,
} satisfies Record<string, ChatSession | null>;

const lost: Known = { ...nothingKnown, perhapsApplied: true, error: timeout };
const nobodyAsked = sessions['nobody asked'];

/** What may be known of the event. Lost: a call of it was perhaps applied. */
export const knowns = {
  untried: nothingKnown,
  'not applied': { ...nothingKnown, error: throttled },
  lost,
  'lost by one that died': { ...lost, error: null },
  'lost, then seen': { ...lost, seen: nobodyAsked, askedBefore: null },
  'lost, nobody asked before': { ...lost, askedBefore: null },
  'lost, ben asked before': { ...lost, askedBefore: ben.associateId },
  'lost, another asked before': { ...lost, askedBefore: 77 },
} satisfies Record<string, Known>;

type Sessions = typeof sessions;
type Shown<By extends string> = { [Name in keyof Sessions as `${By}: ${Name}`]: Saw };

const shown = <By extends 'transfer' | 'look'>(by: By) =>
  Object.fromEntries(
    Object.entries(sessions).map(([name, session]): [string, Saw] => [
      `${by}: ${name}`,
      { kind: 'session', by, session },
    ]),
  ) as Shown<By>;

/** What may be seen: by which call, and of what. */
export const saws = {
  received: { kind: 'received' },
  ...shown('transfer'),
  'transfer refused': { kind: 'refused', by: 'transfer', error: conflict },
  'transfer not made': { kind: 'failed', by: 'transfer', perhapsApplied: false, error: throttled },
  'transfer lost': { kind: 'failed', by: 'transfer', perhapsApplied: true, error: timeout },
  ...shown('look'),
  'look refused': { kind: 'refused', by: 'look', error: errorOf('http-403') },
  'look failed': { kind: 'failed', by: 'look', error: unavailable },
  'no time to look': { kind: 'out-of-time', by: 'look', error: throttled },
  'credential of router': { kind: 'owner', owner: router },
  'credential of nobody known': { kind: 'owner', owner: null },
} satisfies Record<string, Saw>;
