import type { Cause } from '../../contract/result.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';

/** Statuses of a session that nobody can be given any more, as SuperOffice spells them. */
const ended = new Set<string | null>([
  'Finished',
  'Deleted',
  'Closed',
  'RequestPosted',
  'ClosedFromQueue',
]);

/**
 * The sign that a transfer took; undefined where the session shows none. `Status` cannot tell: a
 * pending transfer leaves it as it was.
 */
export function signOf(
  session: ChatSession | null,
  toAssociate: string,
): 'transfer-pending' | 'assigned' | undefined {
  if (session === null || isEnded(session)) return undefined;
  if (isTarget(session.transferTo, toAssociate)) return 'transfer-pending';
  if (session.transferTo === null && isTarget(session.user, toAssociate)) return 'assigned';
  return undefined;
}

/** Why SuperOffice did nothing: the first cause that fits a session that shows no sign. */
export function causeOf(session: ChatSession | null, actingAs: Associate | null): Cause {
  if (session === null) return 'no-session';
  if (isEnded(session)) return 'ended';
  if (session.chatbotIsActive) return 'chatbot-active';
  if (session.user === null) return 'in-queue';
  if (session.transferTo !== null) return 'other-transfer-pending';
  if (actingAs !== null && session.user.associateId !== actingAs.associateId) {
    return 'owned-by-another';
  }
  return 'unclear';
}

/** Nobody can be given the session any more. */
export const isEnded = (session: ChatSession) => ended.has(session.status);

/**
 * Whether it is the associate whom an event names. Digits only is an associate id and nothing else:
 * a name of digits cannot be told from one. Never the ejUser id, which names somebody else here.
 */
export function isTarget(associate: Associate | null, toAssociate: string): boolean {
  if (associate === null) return false;
  const wanted = comparable(toAssociate);
  if (/^\d+$/.test(wanted)) return BigInt(wanted) === BigInt(associate.associateId);
  return [associate.name, associate.userName].some(
    (name) => name !== null && comparable(name) === wanted,
  );
}

/** As a database compares: without regard to case, blanks around, or how accents are composed. */
const comparable = (name: string) => name.trim().normalize('NFC').toLowerCase();
