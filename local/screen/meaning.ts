import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { OfferAnswer } from '../../contract/result.ts';

type Associate = ReceivedResult['actingAs'];

/** What a function says of a wrong event can be long, and so can be what it did not know. */
const longestWords = 160;
const longestNames = 80;

/**
 * What a result means, in words for a person, and which fields of the event were not known. Of an
 * outcome that is not of version 1 there are no words.
 */
export function meaningOf(result: ReceivedResult): string {
  const words = cut(wordsOf(result), longestWords);
  const { ignoredFields } = result;
  if (ignoredFields.length === 0) return words;
  const ignored = `ignored: ${cut(ignoredFields.map(nameOfField).join(', '), longestNames)}`;
  return words === '' ? ignored : `${words.replace(/\.$/, '')}; ${ignored}`;
}

const cut = (text: string, longest: number) =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;

/** Whoever sends an event names its fields: a name may hold what a terminal would obey. */
const nameOfField = (name: string) => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));

function wordsOf(result: ReceivedResult): string {
  const { outcome, session, error } = result;
  const target = nameOfTarget(result);
  switch (outcome) {
    case 'transfer-pending':
      return `${target} is asked, and has yet to accept`;
    case 'assigned':
      return whoHasIt(result);
    case 'declined':
    case 'unanswered':
      return answersOf(result) || 'nobody accepted it';
    case 'would-transfer':
      return `${target} would be asked`;
    case 'not-applied':
      return whyNotApplied(result);
    case 'failed':
      return whyFailed(result);
    case 'superseded':
      return 'a newer event for this chat came along';
    case 'expired':
      return error
        ? `not applied by its deadline: ${error.message}`
        : 'its deadline had passed: no call made';
    case 'unknown':
      return `perhaps applied, perhaps not: ${error?.message ?? 'SuperOffice gave no sign'}`;
    case 'invalid-event':
      return error?.message ?? 'the event breaks its schema';
    default:
      return session ? '' : (error?.message ?? '');
  }
}

/** An offer's chat may be with one of the others it asked. */
function whoHasIt(result: ReceivedResult): string {
  const { offers, session } = result;
  if (!offers) return `${nameOfTarget(result)} has the chat`;
  const answers = answersOf(result);
  return `${nameOf(session?.user)} has the chat${answers && `: ${answers}`}`;
}

const answerWords: Record<string, string> = {
  accepted: 'accepted',
  declined: 'declined',
  unanswered: 'did not answer',
  'not-applied': 'could not be asked',
  withdrawn: 'was asked no more',
  unknown: 'may have been asked',
} satisfies Record<OfferAnswer, string>;

/** Who was asked, in order, and what each said. */
const answersOf = ({ offers = [], session }: ReceivedResult) =>
  offers
    .map(({ toAssociate, answer }) => {
      const name = nameOfTarget({ toAssociate, session });
      return `${name} ${answerWords[answer] ?? answer}`;
    })
    .join(', ');

function whyFailed({ error }: ReceivedResult): string {
  if (error?.httpStatus === 404) return '404: there is no such chat, or associate';
  return error?.message ?? 'SuperOffice refused';
}

function whyNotApplied(result: ReceivedResult): string {
  const { cause, session, actingAs } = result;
  const credential = actingAs?.name ? `${actingAs.name}'s credential` : 'the credential';
  switch (cause) {
    case 'owned-by-another':
      return `${nameOf(session?.user)}'s chat, ${credential}: SuperOffice ignored it`;
    case 'in-queue':
      return "nobody's chat yet: SuperOffice ignored it";
    case 'chatbot-active':
      return "a chatbot's chat: SuperOffice ignored it";
    case 'ended':
      return 'the chat is over: SuperOffice ignored it';
    case 'other-transfer-pending':
      return `${nameOf(session?.transferTo)} was asked before, and may yet accept`;
    case 'no-session':
      return 'SuperOffice said yes, and showed no chat';
    case 'taken-by-another':
      return `${nameOf(session?.transferTo ?? session?.user)} got it while it was offered`;
    case 'unclear':
      return `${nameOf(session?.user)}'s chat, yet ignored: who is ${nameOfTarget(result)}?`;
    default:
      return 'SuperOffice said yes, and did nothing';
  }
}

const nameOf = (associate: Associate | undefined) => {
  if (!associate) return 'nobody';
  return associate.name ?? `associate ${associate.associateId}`;
};

/** By name where SuperOffice showed it, since an event may say only a number. */
function nameOfTarget({
  toAssociate,
  session,
}: Pick<ReceivedResult, 'toAssociate' | 'session'>): string {
  const shown = [session?.transferTo, session?.user].find(
    (associate) => associate && String(associate.associateId) === toAssociate,
  );
  if (shown) return nameOf(shown);
  return /^\d+$/.test(toAssociate ?? '') ? `associate ${toAssociate}` : String(toAssociate);
}
