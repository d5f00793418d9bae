import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant } from '../contestants.ts';
import { type Cost, costOfAMillion } from '../cost.ts';
import { type Line, startLine, warmUp } from '../line.ts';

/** What one event takes from its sending to its result. */
export type OfferUse = {
  seconds: number;
  callsToSuperOffice: number;
  receives: number;
  /** Dollars for a million of them. */
  cost: Cost;
};

type Person = 'accepts' | 'declines' | 'leaves it';

const answerAfterMs = 8_000;
const offers: Record<string, { fields: object; people: Person[] }> = {
  'no offer': { fields: {}, people: [] },
  'accepted after 8 s': { fields: { acceptWithinSeconds: 60 }, people: ['accepts'] },
  'declined after 8 s, and by the next accepted': {
    fields: { acceptWithinSeconds: 60, fallbackAssociates: [9] },
    people: ['declines', 'accepts'],
  },
  'left alone for 60 s': { fields: { acceptWithinSeconds: 60 }, people: ['leaves it'] },
};

const delayMs = 100;
/** Apart enough that most are received alone, which costs most. */
const apartMs = 700;

/** Each kind of offer through a line of its own, all lines side by side. */
export async function measureOffers(
  contestant: Contestant,
  count: number,
): Promise<Record<string, OfferUse>> {
  const kinds = Object.entries(offers).map(async ([label, { fields, people }]) => {
    const line = await startLine(contestant, { delayMs });
    await warmUp(line);
    const use = await useOf(line, fields, people, count);
    await line.close();
    return [label, use] as const;
  });
  return Object.fromEntries(await Promise.all(kinds));
}

/** Far longer than any of them takes. */
const longestMs = 240_000;

async function failAfter(milliseconds: number, signal: AbortSignal): Promise<never> {
  await sleep(milliseconds, undefined, { signal });
  throw new Error('Bench: an offer has no result.');
}

/** Chats that no warming-up has moved. */
const firstIndex = 100;

async function useOf(
  line: Line,
  fields: object,
  people: Person[],
  count: number,
): Promise<OfferUse> {
  const { standIns, invocations } = line;
  const { calls } = standIns.superOffice;
  const soFar = () => ({
    calls: calls.length,
    invocations: invocations.length,
    sqsRequests: Object.values(standIns.sqs.calls).reduce((sum, times) => sum + times, 0),
    loggedBytes: line.loggedBytes,
  });
  const stopPlaying = playPeople(line, people);
  const before = soFar();
  const results: Promise<number>[] = [];
  for (let index = firstIndex; index < firstIndex + count; index += 1) {
    results.push(line.route(index, fields).result);
    await sleep(apartMs);
  }
  const overdue = new AbortController();
  const took = await Promise.race([Promise.all(results), failAfter(longestMs, overdue.signal)]);
  overdue.abort();
  await line.idle();
  stopPlaying();
  const after = soFar();
  const usages = invocations
    .slice(before.invocations)
    .map((invocation) => ({ ...invocation, events: 0, sqsRequests: 0, loggedBytes: 0 }));
  const all = {
    events: count,
    sqsRequests: after.sqsRequests - before.sqsRequests,
    loggedBytes: after.loggedBytes - before.loggedBytes,
  };
  return {
    seconds: took.reduce((sum, ms) => sum + ms, 0) / count / 1000,
    callsToSuperOffice: (after.calls - before.calls) / count,
    receives: usages.length / count,
    cost: costOfAMillion(
      usages.map((usage, index) => (index === 0 ? { ...usage, ...all } : usage)),
    ),
  };
}

/** Has those who are asked answer so long after: each chat's first as the first of `people`. */
function playPeople({ standIns }: Line, people: Person[]) {
  const { tenant } = standIns.superOffice;
  const timers = new Set<NodeJS.Timeout>();
  const asked = new Map<number, number>();
  let seen = tenant.history.length;
  const looking = setInterval(() => {
    for (const { sessionId, action, applied } of tenant.history.slice(seen)) {
      seen += 1;
      if (action !== 'transfer' || !applied) continue;
      const place = asked.get(sessionId) ?? 0;
      asked.set(sessionId, place + 1);
      const answer = { accepts: tenant.accept, declines: tenant.reject, 'leaves it': undefined };
      const does = answer[people[place] ?? 'leaves it'];
      if (does) timers.add(setTimeout(() => does(sessionId), answerAfterMs));
    }
  }, 20);
  return () => {
    clearInterval(looking);
    for (const timer of timers) clearTimeout(timer);
  };
}
