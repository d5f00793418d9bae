import type { Outcome } from '../../contract/result.ts';
import { bad, type Finding, good } from './finding.ts';

/** What a deployment needs at once: two sandboxes each for events and dead letters, and the others. */
const leastConcurrency = 10;

const mostSilenceMs = 4 * 3_600_000;

export function judgeStack(status: string): Finding {
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$|^UPDATE_COMPLETE_CLEANUP/.test(status)) {
    return good('stack', status);
  }
  const todo = status.endsWith('IN_PROGRESS')
    ? 'Wait until it is done.'
    : 'See its events in CloudFormation, then deploy again.';
  return bad('stack', status, todo);
}

/** @param endpoints addresses that alarms are sent to, with SNS's id of the subscription */
export function judgeSubscriptions(
  endpoints: readonly { endpoint: string; subscriptionArn: string }[],
): Finding {
  const what = 'alarm mail';
  if (endpoints.length === 0) return good(what, 'none wanted: alarms show in CloudWatch alone');
  const pending = endpoints.filter(({ subscriptionArn }) => !subscriptionArn.startsWith('arn:'));
  const shown = (list: typeof endpoints) => list.map(({ endpoint }) => endpoint).join(', ');
  return pending.length === 0
    ? good(what, `goes to ${shown(endpoints)}`)
    : bad(what, `not confirmed by ${shown(pending)}`, 'Follow the link in the mail that SNS sent.');
}

export type Mapping = {
  state: string;
  maximumConcurrency: number | undefined;
  provisioned: boolean;
};

export function judgeMapping(what: string, mappings: readonly Mapping[]): Finding {
  const [mapping] = mappings;
  const redeploy = 'Deploy the stack again: somebody changed it by hand.';
  if (!mapping) return bad(what, 'no event source mapping feeds the function', redeploy);
  const { state, maximumConcurrency, provisioned } = mapping;
  if (state === 'Disabled' || state === 'Disabling') {
    return bad(what, `the event source mapping is ${state.toLowerCase()}`, 'Enable it.');
  }
  if (maximumConcurrency !== 2) {
    const found = maximumConcurrency ?? 'any number of';
    return bad(what, `${found} sandboxes at a time, not 2: the pace is not kept`, redeploy);
  }
  if (provisioned) return bad(what, 'in provisioned mode, which is billed by the hour', redeploy);
  return good(what, 'enabled, two sandboxes at a time');
}

export function judgeConcurrency(unreserved: number): Finding {
  const says = `${unreserved} concurrent executions that nothing reserves`;
  return unreserved >= leastConcurrency
    ? good('account', says)
    : bad('account', says, 'Ask AWS for more (Service Quotas, Lambda, concurrent executions).');
}

function mendingCredential(failure: string, hasSystemUser: boolean): string {
  if (/TooManyRequests/.test(failure)) {
    return 'See who uses up the concurrency: docs/runbook.md#functionthrottled.';
  }
  if (/ticket-unavailable/.test(failure)) {
    return 'Fill or mend the secret (output TicketSecretArn).';
  }
  if (hasSystemUser && /unauthorized|login service/.test(failure)) {
    return 'See why no new ticket was made: docs/runbook.md#ticketnotminted.';
  }
  if (/unauthorized/.test(failure)) {
    return 'Put a new credential into the secret (output TicketSecretArn).';
  }
  return /misdirected/.test(failure)
    ? 'Check webApiUrl or customerId, and deploy again.'
    : 'See the log of the function that keeps the credential.';
}

/** What the keeper of the credential answered, over the real path; or why it failed. */
export function judgeCredential(
  answer: unknown,
  failure: string | undefined,
  hasSystemUser = false,
): Finding {
  const what = 'credential';
  if (failure !== undefined) {
    return bad(what, failure, mendingCredential(failure, hasSystemUser));
  }
  const { credential, actingAs, tenant } = (answer ?? {}) as {
    credential?: string;
    actingAs?: { associateId?: number; name?: string | null };
    tenant?: string;
  };
  if (credential === 'not-tried') {
    return bad(what, `not tried: the tenant is ${tenant}`, 'Nothing: wait until the tenant runs.');
  }
  if (!actingAs) return good(what, 'usable');
  return good(what, `usable; it is that of ${actingAs.name ?? '?'} (${actingAs.associateId})`);
}

/** @param state the tenant's, as SuperOffice's state service says it */
export function judgeTenant(state: { isRunning: boolean; says: string }): Finding {
  return state.isRunning
    ? good('tenant', state.says)
    : bad('tenant', state.says, 'Nothing: events wait, and end expired, until it runs again.');
}

export type QueueKind = 'events' | 'results' | 'dead letters' | 'result dead letters' | 'intake';
export type QueueState = {
  /** The output with its address. */
  output: string;
  kind: QueueKind;
  messages: number;
  /** Seconds; undefined where there is no message, or CloudWatch has not measured it yet. */
  oldest?: number | undefined;
};

/** @param eventTimeToLiveSeconds how long an event may wait */
export function judgeQueue(queue: QueueState, eventTimeToLiveSeconds: number): Finding {
  const { output, kind, messages, oldest } = queue;
  const what = output.replace(/Url/, '').replace(/(?<!^)[A-Z]/g, (one) => ` ${one.toLowerCase()}`);
  const age = oldest === undefined || messages === 0 ? '' : `, the oldest ${oldest} s old`;
  const says = `${messages} message${messages === 1 ? '' : 's'}${age}`;
  switch (kind) {
    case 'events':
      return oldest !== undefined && oldest > eventTimeToLiveSeconds
        ? bad(what, says, 'See the event source mapping and the function’s errors above and below.')
        : good(what, says);
    case 'results':
      return good(what, says);
    case 'dead letters':
      return messages === 0
        ? good(what, says)
        : bad(what, says, 'List them: superoffice-route-chat dead-letters. Never redrive them.');
    case 'result dead letters':
      return messages === 0
        ? good(what, says)
        : bad(what, says, 'Mend the reader of results, then redrive them to their queue.');
    case 'intake':
      return messages === 0
        ? good(what, says)
        : bad(what, says, 'Tell whoever sent them, and delete them.');
  }
}

const trouble: readonly Outcome[] = ['failed', 'expired', 'unknown'];

/** So many as raise an alarm within five minutes. */
const mostNotSent = 20;

/** Counts of the last hour, by outcome, of the cause `owned-by-another`, and of results not sent. */
export function judgeResults(
  counts: Partial<Record<Outcome, number>>,
  ownedByAnother: number,
  notSent: number,
): Finding {
  const what = 'results, last hour';
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  const says = entries.map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'none';
  if (notSent > mostNotSent) {
    return bad(
      what,
      `${says}; SQS did not take results ${notSent} times`,
      'See AWS’s error in the log: docs/runbook.md#resultsnotsent.',
    );
  }
  if (all < 10) return good(what, says);
  if (2 * (counts.failed ?? 0) > all) {
    return bad(what, says, 'Check the credential’s rights: docs/runbook.md#resultsfailed.');
  }
  const inTrouble = trouble.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
  if (2 * inTrouble > all) {
    return bad(what, says, 'See the errors of results in the log: docs/runbook.md#resultstoolate.');
  }
  return 2 * ownedByAnother > all
    ? bad(
        what,
        `${says}; ${ownedByAnother} owned-by-another`,
        'Use the credential of whoever holds the chats: docs/runbook.md#ownedbyanother.',
      )
    : good(what, says);
}

export type AlarmState = {
  name: string;
  state: string;
  description: string;
  /** Judged by silence: it tells of "insufficient data". */
  onSilence: boolean;
  changedAt: number;
};

export function judgeAlarms(alarms: readonly AlarmState[], now: number): Finding[] {
  const raised = alarms.filter(
    ({ state, onSilence, changedAt }) =>
      state === 'ALARM' ||
      (onSilence && state === 'INSUFFICIENT_DATA' && now - changedAt > mostSilenceMs),
  );
  if (raised.length === 0) return [good('alarms', `none raised, of ${alarms.length}`)];
  return raised.map(({ description }) => {
    const [, means = description, section = 'docs/runbook.md'] =
      /^[^:]*: (.*) First: .* Then: (.*)$/.exec(description) ?? [];
    return bad('alarm', means, `See ${section}.`);
  });
}

export function judgeRules(rules: readonly { name: string; state: string }[]): Finding {
  const off = rules.filter(({ state }) => state !== 'ENABLED').map(({ name }) => name);
  if (rules.length === 0) return bad('bus', 'has no rule', 'Deploy the stack again.');
  return off.length === 0
    ? good('bus', 'its rule is enabled')
    : bad('bus', `disabled: ${off.join(', ')}`, 'Enable it in EventBridge.');
}

/** What the HTTP intake answers a request with a wrong signature. */
export function judgeEndpoint(status: number | string): Finding {
  const says = `answers ${status} to what is wrongly signed`;
  if (status === 401) return good('HTTP intake', says);
  const todo =
    status === 503
      ? 'Fill its secret (output HttpIntakeSecretArn).'
      : 'See the log of its function.';
  return bad('HTTP intake', says, todo);
}
