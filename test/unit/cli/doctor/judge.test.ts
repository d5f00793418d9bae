import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../../../cli/doctor/finding.ts';
import {
  type AlarmState,
  judgeAlarms,
  judgeConcurrency,
  judgeCredential,
  judgeEndpoint,
  judgeMapping,
  judgeQueue,
  judgeResults,
  judgeRules,
  judgeStack,
  judgeSubscriptions,
  judgeTenant,
} from '../../../../cli/doctor/judge.ts';

const enabled = { state: 'Enabled', maximumConcurrency: 2, provisioned: false };
const queue = { output: 'EventQueueUrl', kind: 'events', messages: 3 } as const;
const unauthorized = 'The credential could not be used (unauthorized): SuperOffice refused it.';
const confirmed = { endpoint: 'a@example.com', subscriptionArn: 'arn:aws:sns:x' };
const pending = { endpoint: 'b@example.com', subscriptionArn: 'PendingConfirmation' };

/** `todo` of what is not ok: undefined where it is. */
const rows: [name: string, finding: Finding, says: string, todo?: string][] = [
  ['a stack', judgeStack('UPDATE_COMPLETE'), 'UPDATE_COMPLETE'],
  ['a stack under way', judgeStack('UPDATE_IN_PROGRESS'), 'UPDATE_IN_PROGRESS', 'Wait'],
  ['a stack that failed', judgeStack('UPDATE_ROLLBACK_COMPLETE'), 'ROLLBACK', 'deploy again'],
  ['a stack that failed to come', judgeStack('ROLLBACK_COMPLETE'), 'ROLLBACK', 'deploy again'],
  ['no mail', judgeSubscriptions([]), 'none wanted'],
  ['mail', judgeSubscriptions([confirmed]), 'goes to a@example.com'],
  [
    'mail that nobody confirmed',
    judgeSubscriptions([confirmed, pending]),
    'not confirmed by b@example.com',
    'Follow the link',
  ],
  ['a mapping', judgeMapping('m', [enabled]), 'enabled'],
  ['no mapping', judgeMapping('m', []), 'no event source mapping', 'Deploy'],
  [
    'a mapping switched off',
    judgeMapping('m', [{ ...enabled, state: 'Disabled' }]),
    'disabled',
    'Enable',
  ],
  [
    'a mapping with more sandboxes',
    judgeMapping('m', [{ ...enabled, maximumConcurrency: 5 }]),
    '5 sandboxes',
    'Deploy',
  ],
  [
    'a mapping without bounds',
    judgeMapping('m', [{ ...enabled, maximumConcurrency: undefined }]),
    'any number of sandboxes',
    'Deploy',
  ],
  [
    'a mapping in provisioned mode',
    judgeMapping('m', [{ ...enabled, provisioned: true }]),
    'billed by the hour',
    'Deploy',
  ],
  ['an account', judgeConcurrency(1000), '1000'],
  ['an account with little left', judgeConcurrency(9), '9', 'Ask AWS'],
  ['a credential, by keep-credential', judgeCredential(null, undefined), 'usable'],
  [
    'a credential',
    judgeCredential(
      { credential: 'usable', actingAs: { associateId: 7, name: 'router' } },
      undefined,
    ),
    'usable; it is that of router (7)',
  ],
  [
    'a credential while the tenant is down',
    judgeCredential({ credential: 'not-tried', tenant: 'maintenance' }, undefined),
    'the tenant is maintenance',
    'wait',
  ],
  ['a credential that is refused', judgeCredential({}, unauthorized), unauthorized, 'Put a new'],
  [
    'a system user’s that is refused',
    judgeCredential({}, unauthorized, true),
    unauthorized,
    '#ticketnotminted',
  ],
  [
    'a system user that is refused',
    judgeCredential({}, 'The login service refused the system user: x.', true),
    'refused the system user',
    '#ticketnotminted',
  ],
  [
    'a keeper that is not run',
    judgeCredential({}, 'not tried: Lambda does not run the function (TooManyRequestsException)'),
    'not tried',
    '#functionthrottled',
  ],
  ['a placeholder', judgeCredential({}, '(ticket-unavailable): x'), 'x', 'Fill or mend'],
  ['a wrong address', judgeCredential({}, '(misdirected): x'), 'x', 'webApiUrl'],
  ['a keeper that fails otherwise', judgeCredential({}, 'x'), 'x', 'See the log'],
  ['a tenant', judgeTenant({ isRunning: true, says: 'running' }), 'running'],
  ['a tenant that is down', judgeTenant({ isRunning: false, says: 'not' }), 'not', 'until it runs'],
  ['events', judgeQueue({ ...queue, oldest: 300 }, 300), '3 messages, the oldest 300 s old'],
  ['old events', judgeQueue({ ...queue, oldest: 301 }, 300), '301 s old', 'event source mapping'],
  ['one event', judgeQueue({ ...queue, messages: 1 }, 300), '1 message'],
  ['results', judgeQueue({ ...queue, kind: 'results', oldest: 9_999 }, 300), '3 messages'],
  [
    'no dead letters',
    judgeQueue({ ...queue, kind: 'dead letters', messages: 0 }, 300),
    '0 messages',
  ],
  [
    'dead letters',
    judgeQueue({ ...queue, kind: 'dead letters' }, 300),
    '3',
    'superoffice-route-chat dead-letters. Never redrive',
  ],
  ['dead results', judgeQueue({ ...queue, kind: 'result dead letters' }, 300), '3', 'then redrive'],
  ['what the intake lost', judgeQueue({ ...queue, kind: 'intake' }, 300), '3', 'Tell whoever sent'],
  ['no results', judgeResults({}, 0, 0), 'none'],
  [
    'results as they should be',
    judgeResults({ assigned: 9, expired: 9 }, 0, 0),
    '9 assigned, 9 expired',
  ],
  ['few results', judgeResults({ failed: 9 }, 0, 0), '9 failed'],
  ['failures', judgeResults({ assigned: 4, failed: 3, unknown: 3 }, 0, 0), '3 failed', 'runbook'],
  [
    'chats of others',
    judgeResults({ 'not-applied': 10 }, 6, 0),
    '6 owned-by-another',
    'credential',
  ],
  ['mere failures', judgeResults({ assigned: 4, failed: 6 }, 0, 0), '6 failed', '#resultsfailed'],
  ['too late', judgeResults({ failed: 4, expired: 6 }, 0, 0), '6 expired', '#resultstoolate'],
  ['results that stay', judgeResults({}, 0, 21), 'none; SQS did not', '#resultsnotsent'],
  ['some that came back', judgeResults({ assigned: 1 }, 0, 20), '1 assigned'],
  ['some chats of others', judgeResults({ 'not-applied': 10 }, 5, 0), '10 not-applied'],
  ['a bus', judgeRules([{ name: 'r', state: 'ENABLED' }]), 'enabled'],
  ['a bus that is off', judgeRules([{ name: 'r', state: 'DISABLED' }]), 'disabled: r', 'Enable'],
  ['a bus without a rule', judgeRules([]), 'no rule', 'Deploy'],
  ['an endpoint', judgeEndpoint(401), '401'],
  ['an endpoint that is open', judgeEndpoint(200), '200', 'log'],
  ['an endpoint without its secret', judgeEndpoint(503), '503', 'Fill its secret'],
  ['an endpoint that is gone', judgeEndpoint('TypeError'), 'TypeError', 'log'],
];

describe('judge', () => {
  it.each(rows.map(([name, finding, says, todo]) => ({ name, finding, says, todo })))(
    'says of $name what is, and what to do',
    ({ finding, says, todo }) => {
      expect(finding.says).toContain(says);
      expect(finding.ok).toBe(todo === undefined);
      if (todo === undefined) expect(finding).not.toHaveProperty('todo');
      else expect(finding.todo).toContain(todo);
    },
  );

  it('names a queue by its output', () => {
    const { what } = judgeQueue({ ...queue, output: 'ResultDeadLetterQueueUrlMyTeam' }, 300);

    expect(what).toBe('Result dead letter queue my team');
  });
});

describe('judgeAlarms', () => {
  const now = 100_000_000;
  const alarm: AlarmState = {
    name: 'RouteChat-dev-x',
    state: 'OK',
    description:
      'RouteChat-dev: Chats wait: all of them. First: superoffice-route-chat doctor --stack RouteChat-dev. Then: docs/runbook.md#x',
    onSilence: false,
    changedAt: now,
  };

  it.each<[string, Partial<AlarmState>, boolean]>([
    ['nothing', {}, true],
    ['what has no data', { state: 'INSUFFICIENT_DATA', changedAt: 0 }, true],
    ['an alarm', { state: 'ALARM' }, false],
    [
      'silence before the first beat is due',
      { onSilence: true, state: 'INSUFFICIENT_DATA', changedAt: now - 3_600_000 },
      true,
    ],
    ['silence', { onSilence: true, state: 'INSUFFICIENT_DATA', changedAt: 0 }, false],
  ])('hears %s', (_, changes, ok) => {
    expect(judgeAlarms([alarm, { ...alarm, ...changes }], now).map((found) => found.ok)).toEqual([
      ok,
    ]);
  });

  it('says each that is raised in its own words', () => {
    expect(judgeAlarms([{ ...alarm, state: 'ALARM' }], now)).toEqual([
      {
        what: 'alarm',
        ok: false,
        says: 'Chats wait: all of them.',
        todo: 'See docs/runbook.md#x.',
      },
    ]);
  });
});
