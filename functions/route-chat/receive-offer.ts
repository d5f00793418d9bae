import type { RouteChatEvent } from '../../contract/event.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import type { AttemptEnd } from './attempt.ts';
import { attemptOffer, offerWishOf } from './attempt-offer.ts';
import { type CarrierMessage, toCarrier } from './carrier.ts';
import type { Said } from './decide.ts';
import { decideOffer, decideSuperseded } from './decide-offer.ts';
import type { Invocation } from './invocation.ts';
import type { Remembered, RememberedOffer } from './memory.ts';
import { newOffer, type Offer, stepOf } from './offer.ts';
import { graceMs, type OfferStep } from './offer-step.ts';
import { isOffer, type RouteRequest, recordIdOf } from './received-event.ts';

/** What becomes of one receive of an offer. */
export type OfferReceive =
  | AttemptEnd
  /** Not due yet. */
  | { kind: 'hold'; seconds: number }
  /** `onSent` is told once SQS has the carrier. */
  | { kind: 'carry-on'; message: CarrierMessage; onSent: () => void }
  /** It went on in another record, which SQS has. */
  | { kind: 'carried-on' };

type Ports = { superOffice: SuperOffice; clock: Clock };
type OfferRequest = RouteRequest & { remembered: Remembered };

/** A newer wish may have to wait so long behind a carrier that is not due. */
const longestHoldSeconds = 5;
/** A newer wish waits for an older offer to be looked at, but not once it has so little time left. */
const newerNeedsMs = 30_000;

/** An offer that may have asked somebody. */
export function hasBegun(request: OfferRequest): boolean {
  const { carrier, remembered } = request;
  const isKnownTo = carrier !== undefined || remembered.offer !== undefined;
  return isOffer(request) && (isKnownTo || remembered.known.perhapsApplied);
}

/** An offer that has done a step: its record is a carrier, or one was made of it here. */
export const isRunning = ({ carrier, remembered }: OfferRequest) =>
  carrier !== undefined || remembered.offer?.next !== undefined;

/** Of several records of one offer only one goes on: the furthest. */
export function furthestRecords<Request extends RouteRequest>(
  requests: Request[],
): { furthest: Request[]; surplus: Request[] } {
  const furthest = [...Map.groupBy(requests, ({ messageId }) => messageId).values()].map(
    (records) =>
      records.reduce((one, other) => (stepOfRecord(other) >= stepOfRecord(one) ? other : one)),
  );
  return { furthest, surplus: requests.filter((request) => !furthest.includes(request)) };
}

/** Takes an offer as far as it goes now. */
export async function receiveOffer(
  request: OfferRequest,
  invocation: Invocation,
  ports: Ports,
): Promise<OfferReceive> {
  const offer = recallOffer(request);
  // This sandbox has had a later record of it, whatever became of that.
  if (offer.recordStep > stepOfRecord(request)) return { kind: 'carried-on' };
  // Its step was done, and perhaps sent: the same goes out again, and SQS drops a repeat.
  if (offer.next) return carryOn(offer.next);
  const leftMs = offer.state.lookAt - ports.clock.now();
  if (leftMs > 0) {
    return { kind: 'hold', seconds: Math.min(Math.ceil(leftMs / 1000), longestHoldSeconds) };
  }

  const wish = offerWishOf(request);
  const end = await attemptOffer(
    request,
    { remembered: request.remembered, offer },
    (...known) => decideOffer(wish, ...known),
    invocation,
    ports,
  );
  if (end.kind !== 'carry-on') return end;
  offer.next = { message: toCarrier(request, end.offer), isSent: false };
  return carryOn(offer.next);
}

function carryOn(next: NonNullable<RememberedOffer['next']>): OfferReceive {
  if (next.isSent) return { kind: 'carried-on' };
  const onSent = () => {
    next.isSent = true;
  };
  return { kind: 'carry-on', message: next.message, onSent };
}

/**
 * Ends an offer that another event goes before, after a look.
 * @param said what it is told, unless it was accepted
 * @param newest that event; undefined where it has been told long since
 */
export async function endOffer(
  request: OfferRequest,
  { said, newest }: { said: Said; newest?: RouteRequest },
  invocation: Invocation,
  ports: Ports,
): Promise<AttemptEnd> {
  const { remembered } = request;
  const offer = recallOffer(request);
  const end = await attemptOffer(
    request,
    { remembered, offer },
    (state, saw, now): OfferStep => {
      const isSoonOver = newest !== undefined && newest.deadline - now < newerNeedsMs;
      const mayWait = now < state.endsAt + graceMs && !isSoonOver;
      return decideSuperseded(state, saw, { said, now, mayWait });
    },
    invocation,
    ports,
  );
  if (end.kind === 'carry-on') throw new TypeError('A superseded offer does not go on.');
  return end;
}

/** What is known of it here, be it of a later record than this one, or what this one says. */
function recallOffer(request: OfferRequest): RememberedOffer {
  const { event, carrier, receiveCount, remembered } = request;
  const recordId = recordIdOf(request);
  const recordStep = stepOfRecord(request);
  const last = remembered.offer;
  const isOther = last?.recordId !== recordId;
  if (last && isOther && last.recordStep > recordStep) return last;
  // What it was carried on to from another record, or may have been, is further than this one.
  const isAhead = isOther && last?.next !== undefined && stepOf(last.state) > recordStep;
  const offer =
    last && (isAhead || !isOther)
      ? last
      : {
          recordId,
          recordStep,
          receiveCount,
          state: carrier?.offer ?? firstState(event, remembered),
        };
  remembered.offer = offer;
  if (!carrier) {
    offer.state = { ...offer.state, hasPerhapsAsked: remembered.known.perhapsApplied };
  }
  return offer;
}

/** Whether the chat was picked up by a receive that is not remembered cannot be told. */
const firstState = (event: RouteChatEvent, { known }: Remembered): Offer => ({
  ...newOffer(event),
  pickedUp: event.pickUp && known.perhapsApplied ? 'perhaps' : 'no',
});

/** How far the offer was when its record was sent. */
const stepOfRecord = ({ carrier }: RouteRequest) => (carrier ? stepOf(carrier.offer) : 0);
