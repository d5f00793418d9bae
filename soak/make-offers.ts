import type { SentEvent } from '../promises/run-record.ts';

type Random = () => number;

/** Spells an associate as only this event of its chat does. */
export type Spell = (associateId: number, byName: boolean) => string;

/** As short as an offer can be: the soak takes the time that offers take. */
const acceptSeconds = [30, 30, 30, 35];
const others = [8, 9, 10, 11, 12, 99];
const mostOthers = 3;

/** What makes an event an offer, and what its record holds of that. */
export function makeOffer(
  first: { target: string; associateId: number },
  { random, spell }: { random: Random; spell: Spell },
): { fields: object; offer: NonNullable<SentEvent['offer']> } {
  const acceptWithinSeconds = acceptSeconds[Math.floor(random() * acceptSeconds.length)] ?? 30;
  const asked = [first];
  const next = others.filter((associateId) => associateId !== first.associateId);
  for (let count = Math.floor(random() * (mostOthers + 1)); count > 0; count -= 1) {
    const [associateId = 8] = next.splice(Math.floor(random() * next.length), 1);
    asked.push({ target: spell(associateId, random() < 0.3), associateId });
  }
  const targets = asked.map(({ target }) => target);
  const [, ...fallbackAssociates] = targets;
  return {
    fields: {
      acceptWithinSeconds,
      ...(fallbackAssociates.length > 0 && { fallbackAssociates }),
      ...(random() < 0.3 && { ifNobody: 'return-to-queue' }),
      ...(random() < 0.5 && { pickUp: true }),
    },
    offer: {
      targets,
      associateIds: asked.map(({ associateId }) => associateId),
      acceptWithinMs: 1000 * acceptWithinSeconds,
    },
  };
}
