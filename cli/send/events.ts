import { toOutgoing } from '../../client/outgoing-event.ts';
import type { RouteChatEventInput } from '../../client/route-chat-event-input.ts';
import { eventFields } from '../../contract/event-fields.ts';
import { describeInvalidJson } from '../../contract/invalid-json.ts';
import { readEventFile } from '../command-line/event-file.ts';
import { InputError } from '../command-line/input-error.ts';
import { nearestWord } from '../command-line/nearest-word.ts';
import type { SendOptions } from './options.ts';

/**
 * The events to send.
 * @throws InputError that names every fault of every event, and every field that is nearly one
 */
export async function readEvents({
  events,
  dryRun,
}: Pick<SendOptions, 'events' | 'dryRun'>): Promise<RouteChatEventInput[]> {
  if (events.kind === 'one') return checked([JSON.stringify(events.event)], dryRun, () => '');
  const bodies = await readEventFile(events.path);
  if (bodies.length === 0) throw new InputError(`--events: ${events.path} holds no events.`);
  return checked(bodies, dryRun, (index) => `event ${index + 1}: `);
}

function checked(bodies: readonly string[], dryRun: boolean, nameOf: (index: number) => string) {
  const faults = bodies.flatMap((body, index) => {
    const found = faultsIn(body);
    return found.length === 0 ? [] : [`${nameOf(index)}${found.join('; ')}.`];
  });
  if (faults.length > 0) throw new InputError(['Nothing was sent.', ...faults].join('\n'));
  return bodies.map(
    (body): RouteChatEventInput => ({ ...JSON.parse(body), ...(dryRun && { dryRun }) }),
  );
}

function faultsIn(body: string): string[] {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch (error) {
    return [`body: expected JSON, got ${describeInvalidJson(body, error)}`];
  }
  const outgoing = toOutgoing(event);
  const faults = outgoing.ok ? [] : outgoing.faults;
  return [...faults.map(({ field, message }) => `${field}: ${message}`), ...misspeltIn(event)];
}

/** The function takes what it does not know, and says so in the result; here somebody can mend it. */
function misspeltIn(event: unknown): string[] {
  const known = Object.keys(eventFields);
  const unknown = Object.keys(event ?? {}).filter((name) => !known.includes(name));
  return unknown.flatMap((name) => {
    const meant = nearestWord(name, known);
    return meant === undefined ? [] : [`${name}: expected ${meant}, perhaps`];
  });
}
