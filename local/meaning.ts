import type { ReceivedResult } from '../contract/parse-result.ts';

type Associate = ReceivedResult['actingAs'];

/** What a result means, in words for a person. Empty for an outcome that is not of version 1. */
export function meaningOf(result: ReceivedResult): string {
  const { outcome, session, error } = result;
  const target = nameOfTarget(result);
  switch (outcome) {
    case 'transfer-pending':
      return `${target} is asked to take the chat, and has yet to accept`;
    case 'assigned':
      return `${target} has the chat`;
    case 'not-applied':
      return whyNotApplied(result);
    case 'failed':
      return error?.message ?? 'SuperOffice refused';
    case 'superseded':
      return 'a newer event for this chat took its place; not tried';
    case 'expired':
      return error
        ? `not applied by its deadline: ${error.message}`
        : 'too late: its deadline had passed, SuperOffice was not asked';
    case 'unknown':
      return `perhaps applied, perhaps not: ${error?.message ?? 'SuperOffice gave no sign'}`;
    case 'invalid-event':
      return error?.message ?? 'the event breaks its schema';
    default:
      return session ? '' : (error?.message ?? '');
  }
}

function whyNotApplied(result: ReceivedResult): string {
  const { cause, session, sessionStatus, actingAs } = result;
  const ticket = actingAs?.name ? `${actingAs.name}'s ticket` : 'the ticket';
  switch (cause) {
    case 'owned-by-another':
      return `${nameOf(session?.user)}'s chat, ${ticket}: SuperOffice ignored it`;
    case 'in-queue':
      return 'nobody has picked the chat up yet: SuperOffice ignored it';
    case 'chatbot-active':
      return 'a chatbot has the chat: SuperOffice ignored it';
    case 'ended':
      return `the chat is over (${sessionStatus}): SuperOffice ignored it`;
    case 'other-transfer-pending':
      return `${nameOf(session?.transferTo)} has been asked already, and not answered`;
    case 'no-session':
      return 'SuperOffice answered 200 and showed no chat';
    case 'unclear':
      return `${nameOf(session?.user)}'s own chat, and nothing happened: is there a ${nameOfTarget(result)}?`;
    default:
      return 'SuperOffice answered 200 and did nothing';
  }
}

const nameOf = (associate: Associate | undefined) => {
  if (!associate) return 'nobody';
  return associate.name ?? `associate ${associate.associateId}`;
};

/** By name where SuperOffice showed it, since an event may say only a number. */
function nameOfTarget({ toAssociate, session }: ReceivedResult): string {
  const shown = [session?.transferTo, session?.user].find(
    (associate) => associate && String(associate.associateId) === toAssociate,
  );
  if (shown) return nameOf(shown);
  return /^\d+$/.test(toAssociate ?? '') ? `associate ${toAssociate}` : String(toAssociate);
}
