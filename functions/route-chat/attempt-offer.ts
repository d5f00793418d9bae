import type { Associate } from '../../superoffice/associate.ts';
import type { CallEnd } from '../../superoffice/call-end.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import type { Credential } from '../../superoffice/credential.ts';
import { failureOf, refusalOf } from '../../superoffice/failure.ts';
import { type AttemptEnd, attempt, sawLookEnd } from './attempt.ts';
import { nothingKnown } from './decide.ts';
import type { Invocation } from './invocation.ts';
import type { Remembered, RememberedOffer } from './memory.ts';
import { hasAsked, type Offer } from './offer.ts';
import type { OfferSaw, OfferStep, OfferWish } from './offer-step.ts';
import type { RouteRequest } from './received-event.ts';

/** The end of one receive of an offer: as of any event, or it goes on in another carrier. */
export type OfferEnd = AttemptEnd | { kind: 'carry-on'; offer: Offer };

/**
 * One receive of an offer: does what its table says and feeds back what it saw.
 * @param offer what is known of it; kept up to date, as is what is remembered of whom it asks
 */
export async function attemptOffer(
  request: RouteRequest,
  { remembered, offer }: { remembered: Remembered; offer: RememberedOffer },
  table: (offer: Offer, saw: OfferSaw, now: number) => OfferStep,
  { latestStart }: Invocation,
  { superOffice, clock }: { superOffice: SuperOffice; clock: Clock },
): Promise<OfferEnd> {
  const { chatSessionId, yields } = request.event;
  let credential: Credential | undefined;
  let saw: OfferSaw = { kind: 'received' };

  const noted = <Value>(end: CallEnd<Value>) => {
    if ('credential' in end) credential = end.credential;
    return end;
  };
  const owner = async (): Promise<Associate | null> =>
    credential ? await superOffice.ownerOf(credential, { latestStart }) : null;

  for (;;) {
    const step = table(offer.state, saw, clock.now());
    offer.state = step.offer;
    switch (step.do) {
      case 'look':
        saw = sawLookEnd(noted(await superOffice.look(chatSessionId, { latestStart, yields })));
        break;
      case 'ask': {
        const { toAssociate, before } = step;
        const isAnother = offer.asking !== toAssociate && step.offer.asked.length > 0;
        if (isAnother) remembered.known = nothingKnown;
        offer.asking = toAssociate;
        const end = await attempt(
          { event: { ...request.event, toAssociate }, deadline: before },
          remembered,
          { latestStart },
          { superOffice, clock },
          { saw: step.saw, credential, isOwnQuestion: hasAsked(step.offer) },
        );
        saw =
          end.kind === 'concluded'
            ? {
                kind: 'ask-ended',
                conclusion: end.conclusion,
                perhapsApplied: remembered.known.perhapsApplied,
              }
            : { kind: 'ask-open', error: end.error };
        break;
      }
      case 'ask-owner':
        saw = { kind: 'owner', owner: await owner(), session: step.session };
        break;
      case 'pick-up': {
        // Noted before the call leaves: should this attempt break off, the next one looks whose it is.
        offer.state = { ...step.offer, pickedUp: 'perhaps' };
        const limits = { latestStart, deadline: request.deadline, yields };
        saw = sawPickUp(noted(await superOffice.pickUp(chatSessionId, limits)));
        offer.state = step.offer;
        break;
      }
      case 'reset':
        saw = sawReset(noted(await superOffice.reset(chatSessionId, { latestStart, yields })));
        break;
      case 'carry-on':
        return { kind: 'carry-on', offer: step.offer };
      case 'come-back':
        return { kind: 'come-back', error: step.error };
      case 'tell': {
        const { conclusion } = step;
        const knownOwner = credential ? superOffice.knownOwnerOf(credential) : null;
        const isTried = conclusion.outcome === 'not-applied' && conclusion.actingAs === null;
        const actingAs = isTried ? await owner() : (conclusion.actingAs ?? knownOwner);
        return { kind: 'concluded', conclusion: { ...conclusion, actingAs, offer: step.offer } };
      }
    }
  }
}

function sawPickUp(end: CallEnd<ChatSession | null>): OfferSaw {
  if (end.kind === 'ok') return { kind: 'picked-up', session: end.value };
  if (end.kind === 'refused') return { kind: 'pick-up-refused', error: refusalOf(end) };
  return { kind: 'pick-up-failed', ...failureOf(end) };
}

function sawReset(end: CallEnd<ChatSession | null>): OfferSaw {
  if (end.kind === 'ok') return { kind: 'reset', session: end.value };
  if (end.kind === 'refused') return { kind: 'reset-refused', error: refusalOf(end) };
  return { kind: 'reset-failed', error: failureOf(end).error };
}

/** What the table goes by, of an event that is an offer. */
export function offerWishOf({ event, deadline, sentAt }: RouteRequest): OfferWish {
  const { expiresAt, expiresInSeconds } = event;
  const expiresIn = expiresInSeconds === undefined ? undefined : sentAt + expiresInSeconds * 1000;
  return {
    acceptMs: 1000 * (event.acceptWithinSeconds ?? 0),
    ifNobody: event.ifNobody ?? 'leave',
    pickUp: event.pickUp ?? false,
    yields: event.yields ?? false,
    firstAskBefore: deadline,
    askBefore: expiresAt ?? expiresIn ?? Number.POSITIVE_INFINITY,
  };
}
