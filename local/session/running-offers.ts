import type { OfferAnswer } from '../../contract/result.ts';
import { type Carrier, isCarrierBody } from '../../functions/route-chat/carrier.ts';
import type { Asked } from '../../functions/route-chat/offer.ts';

/** An offer that is under way, as the message on the event queue has it. Times are epoch milliseconds. */
export type RunningOffer = {
  eventMessageId: string;
  chatSessionId: number;
  asked: readonly AskedOne[];
  /** When the time of the last one of them is over. */
  endsAt: number;
};
type AskedOne = Pick<Asked, 'toAssociate' | 'answer'>;

/** The offers among the bodies on the event queue, by chat; of two of one the one that is further. */
export function runningOffers(bodies: readonly string[]): RunningOffer[] {
  const offers = new Map<string, RunningOffer>();
  for (const body of bodies) {
    if (!isCarrierBody(body)) continue;
    const { carrier } = JSON.parse(body) as { carrier: Carrier };
    const { messageId: eventMessageId, event, offer } = carrier;
    const { asked, endsAt } = offer;
    const known = offers.get(eventMessageId);
    if (known && known.asked.length >= asked.length) continue;
    offers.set(eventMessageId, {
      eventMessageId,
      chatSessionId: event.chatSessionId,
      asked,
      endsAt,
    });
  }
  return [...offers.values()].sort((one, other) => one.chatSessionId - other.chatSessionId);
}

/** Who has yet to answer. */
const askedNow = ({ asked }: RunningOffer) => {
  const last = asked.at(-1);
  return last?.answer === null ? nameOf(last) : undefined;
};

const nameOf = ({ toAssociate }: AskedOne) =>
  /^\d+$/.test(toAssociate) ? `associate ${toAssociate}` : toAssociate;

/** What a prompt shows: whom the first offer asks, and the seconds that are left; empty without one. */
export function statusOf(offers: readonly RunningOffer[], now: number): string {
  const [first, ...others] = offers.filter((offer) => askedNow(offer) !== undefined);
  if (!first) return '';
  const seconds = Math.max(0, Math.ceil((first.endsAt - now) / 1000));
  const more = others.length === 0 ? '' : `; ${others.length} more`;
  return `${first.chatSessionId}: ${askedNow(first)} is asked, ${seconds} s left${more}`;
}

const answers: Partial<Record<OfferAnswer, string>> = {
  declined: 'has declined',
  unanswered: 'has not answered',
  'not-applied': 'could not be asked',
};

/** Says of each offer whenever somebody else is asked: who, and until when. */
export function createOfferNotices(say: (text: string) => void) {
  const told = new Map<string, number>();

  return (offers: readonly RunningOffer[]): void => {
    for (const offer of offers) {
      const { eventMessageId, chatSessionId, asked, endsAt } = offer;
      const name = askedNow(offer);
      const before = told.get(eventMessageId) ?? 0;
      if (name === undefined || before === asked.length) continue;
      told.set(eventMessageId, asked.length);
      const past = asked
        .slice(Math.max(0, before - 1), -1)
        .map((one) => `${nameOf(one)} ${answers[one.answer ?? 'unknown'] ?? 'was asked'}, `);
      const until = new Date(endsAt).toTimeString().slice(0, 8);
      say(`chat ${chatSessionId}: ${past.join('')}${name} is asked until ${until}`);
    }
  };
}
