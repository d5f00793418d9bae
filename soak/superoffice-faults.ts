import type { SuperOfficeFault, SuperOfficeFaultPlan } from '../stand-ins/superoffice/faults.ts';
import { chooseFrom, count, type Tally, type WeightedChoices } from './weighted-choice.ts';

/** Longer than any call of the soak is on its way before it takes effect. */
export const slowestMs = 1_500;

const status = (
  code: number,
  more: Partial<Extract<SuperOfficeFault, { kind: 'status' }>> = {},
): SuperOfficeFault => ({
  kind: 'status',
  status: code,
  ...more,
});
const applied = (fault: SuperOfficeFault): SuperOfficeFault => ({ kind: 'apply-then', fault });
const slow: SuperOfficeFault = { kind: 'delay', delayMs: slowestMs };

/**
 * A fault that hangs holds one of two sandboxes for five seconds, and a Retry-After for one: they
 * are rare beside those that fail at once, or the run would measure them and nothing else.
 */
const faultKinds: WeightedChoices<SuperOfficeFault | 'new ticket'> = [
  { name: '503', weight: 15, choice: status(503) },
  { name: '503 html', weight: 5, choice: status(503, { body: 'html' }) },
  { name: '502 empty', weight: 5, choice: status(502, { body: 'empty' }) },
  { name: '500', weight: 4, choice: status(500) },
  { name: '408', weight: 2, choice: status(408, { body: 'empty' }) },
  { name: 'applied, 503', weight: 14, choice: applied(status(503)) },
  { name: 'reset', weight: 8, choice: { kind: 'reset' } },
  { name: 'applied, reset', weight: 8, choice: applied({ kind: 'reset' }) },
  { name: 'half body', weight: 6, choice: { kind: 'half-body' } },
  { name: 'dead keep-alive', weight: 4, choice: { kind: 'truncate-keep-alive' } },
  { name: '429', weight: 7, choice: status(429, { body: 'empty' }) },
  { name: '429 for 1 s', weight: 1, choice: status(429, { headers: { 'retry-after': '1' } }) },
  { name: '503 for 1 s', weight: 1, choice: status(503, { headers: { 'retry-after': '1' } }) },
  { name: '302', weight: 3, choice: { kind: 'redirect' } },
  { name: 'html 404', weight: 5, choice: { kind: 'html-not-found' } },
  { name: 'html 403', weight: 1, choice: status(403, { body: 'html' }) },
  { name: '409', weight: 3, choice: status(409) },
  { name: '403', weight: 1, choice: status(403) },
  { name: '421', weight: 1, choice: status(421, { body: 'empty' }) },
  { name: 'null', weight: 3, choice: { kind: 'body-null' } },
  { name: 'other session', weight: 2, choice: { kind: 'other-session' } },
  { name: 'wrong content type', weight: 2, choice: { kind: 'wrong-content-type' } },
  { name: 'huge body', weight: 1, choice: { kind: 'huge-body', bytes: 2_000_000 } },
  { name: 'slow', weight: 4, choice: slow },
  { name: 'hang', weight: 0.5, choice: { kind: 'hang' } },
  { name: 'applied, hang', weight: 0.5, choice: applied({ kind: 'hang' }) },
  { name: 'dripping body', weight: 0.3, choice: { kind: 'slow-loris', everyMs: 200 } },
  { name: '401, new ticket', weight: 0.5, choice: 'new ticket' },
];

const hanging = ['hang', 'applied, hang', 'dripping body'];

/** Of a thousand faulty calls, so many hang until the function gives them up. */
export const hangsInAThousand = Math.round(
  (1000 *
    faultKinds
      .filter(({ name }) => hanging.includes(name))
      .reduce((sum, { weight }) => sum + weight, 0)) /
    faultKinds.reduce((sum, { weight }) => sum + weight, 0),
);

/** Lets a share of the calls to SuperOffice fail, in every way there is. */
export function superOfficeFaults(options: {
  random: () => number;
  percent: number;
  tally: Tally;
  /** Ends the ticket in use, and puts another one into the secret. */
  renewTicket: () => void;
  onFault: (callNumber: number, name: string) => void;
}): SuperOfficeFaultPlan {
  const { random, percent, tally, renewTicket, onFault } = options;
  return ({ number }) => {
    if (random() * 100 >= percent) return undefined;
    const { name, choice } = chooseFrom(faultKinds, random);
    count(tally, `SuperOffice: ${name}`);
    onFault(number, name);
    if (choice !== 'new ticket') return choice;
    renewTicket();
    return undefined;
  };
}
