import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAws } from '../../cli/doctor/aws.ts';
import { examine } from '../../cli/doctor/examine.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { web } from '../../cli/doctor/web.ts';
import { nameInUrl } from '../../local/stack/template-values.ts';
import { variablesFor } from '../../local/stack/variables-for-clients.ts';
import { always, onRoute } from '../../stand-ins/superoffice/faults.ts';
import { webhookPayload, webhookSignature } from '../../stand-ins/superoffice/webhook.ts';
import { alarmStates, isRaised, wholeContext } from '../support/alarm-states.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const signingSecret = 'the s3cret of the webhook';
const withinMs = 8_000;

/** What cannot be broken here: only AWS measures it, or it is another deployment's. */
const notHere =
  /^(FunctionThrottled|TicketNotKeptAlive|IntakeDeadLetterErrors|IntakeRule\w+|TicketNotMinted)$/;

type Alarms = Awaited<ReturnType<typeof alarmStates>>;

type Break = {
  alarm: string;
  breakIt: () => unknown;
  /** What doctor finds by itself, before any alarm has been raised. */
  found?: { what: unknown; says?: unknown; todo?: unknown };
  mend?: () => void;
  /** The doctor and the alarm look so much later. */
  laterMs?: number;
};

describe('the alarms, of a deployment on this machine', () => {
  const start = deployments();
  const before = { ...process.env };
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start({ mayDie: true, context: wholeContext });
    Object.assign(process.env, variablesFor(stack.deployment));
  });
  afterAll(() => {
    process.env = before;
  });

  const urlOrArn = (output: string) => stack.deployment.outputs[output] ?? '';
  const queueOf = (output: string) => stack.deployment.sqs.queue(nameInUrl(urlOrArn(output)));
  const leaveOn = (output: string) =>
    queueOf(output).send({ body: '{}', groupId: '1', deduplicationId: '1' });
  const sendMany = (count: number, event: (index: number) => { chatSessionId: number }) =>
    stack.send(
      Array.from({ length: count }, (_, index) => ({ toAssociate: 'ann', ...event(index) })),
    );
  const addSession = (given: { owner?: number } = {}) => stack.superOffice.tenant.addSession(given);
  const putSecret = (output: string, content: object) =>
    stack.deployment.secretsManager.put(urlOrArn(output), JSON.stringify(content));
  const post = (by: string) => {
    const body = JSON.stringify(webhookPayload({ event: 'routechat.requested' }));
    const headers = {
      'content-type': 'application/json',
      'X-SuperOffice-Signature': webhookSignature(body, by),
    };
    return fetch(urlOrArn('HttpIntakeUrl'), { method: 'POST', headers, body });
  };
  /** SQS takes nothing that is sent to a queue over the wire. */
  const closeQueue = (output: string) =>
    stack.deployment.sqs.setFault(({ action, queueName }) =>
      action === 'SendMessageBatch' && queueName === queueOf(output).name
        ? { kind: 'error', status: 403, code: 'AccessDenied' }
        : undefined,
    );
  const openQueues = () => stack.deployment.sqs.setFault(undefined);

  async function examined(alarms: Alarms, now: () => number): Promise<Finding[]> {
    const aws = { ...createAws(now), alarms: async () => alarms };
    const findings: Finding[] = [];
    const looking = examine(stack.deployment.stackName, { aws, web, now });
    for await (const finding of looking) findings.push(finding);
    return findings;
  }

  /** While nobody has invoked keep-credential, and the HTTP intake's secret is the placeholder. */
  const silence: Break = {
    alarm: 'TicketNotWatched',
    breakIt: () => undefined,
    found: { what: 'HTTP intake', todo: expect.stringContaining('Fill its secret') },
    mend: () => putSecret('HttpIntakeSecretArn', { signingSecret }),
  };

  const breaks: Break[] = [
    {
      alarm: 'OwnedByAnother',
      breakIt: () => sendMany(12, () => ({ chatSessionId: addSession({ owner: 9 }) })),
      found: { what: 'results, last hour', says: expect.stringContaining('owned-by-another') },
    },
    {
      alarm: 'ResultsFailed',
      breakIt: () => sendMany(15, (index) => ({ chatSessionId: 990_000 + index })),
      found: { what: 'results, last hour', todo: expect.stringContaining('#resultsfailed') },
    },
    {
      alarm: 'ResultsTooLate',
      breakIt: () =>
        sendMany(30, () => ({
          chatSessionId: addSession(),
          expiresAt: new Date(Date.now() - 1_000).toISOString(),
        })),
      found: { what: 'results, last hour', todo: expect.stringContaining('#resultstoolate') },
    },
    {
      alarm: 'TicketRefused',
      breakIt() {
        stack.superOffice.tenant.expireTickets();
        return sendMany(1, () => ({ chatSessionId: addSession() }));
      },
      found: { what: 'credential', todo: expect.stringContaining('Put a new credential') },
      mend: () => stack.rotate(),
    },
    {
      alarm: 'TicketUnavailable',
      // As where nobody has filled the secret yet: a sandbox goes on using what it has read.
      async breakIt() {
        putSecret('TicketSecretArn', { ticket: 'REPLACE-ME' });
        for (const output of ['FunctionName', 'KeepCredentialFunctionName']) {
          const fn = stack.deployment.functionBy(output);
          await until('no sandbox', () => !fn.killOne());
        }
        await sendMany(1, () => ({ chatSessionId: addSession() }));
      },
      found: { what: 'credential', todo: expect.stringContaining('Fill or mend') },
      mend: () => stack.rotate(),
    },
    {
      alarm: 'FunctionErrors',
      breakIt: () =>
        Promise.allSettled([1, 2, 3].map(() => stack.deployment.routeChat.invoke(null))),
    },
    {
      alarm: 'HttpIntakeRefused',
      breakIt: () => Promise.all([1, 2, 3].map(() => post('the s3cret of somebody else'))),
    },
    {
      alarm: 'HttpIntakeFailed',
      async breakIt() {
        closeQueue('EventQueueUrl');
        const answers = await Promise.all([post(signingSecret), post(signingSecret)]);
        expect(answers.map(({ status }) => status)).toEqual([503, 503]);
      },
      mend: openQueues,
    },
    {
      alarm: 'IntakeDeadLetters',
      breakIt: () => leaveOn('IntakeDeadLetterQueueUrl'),
      found: { what: 'Intake dead letter queue', says: expect.stringMatching(/^1 message/) },
    },
    ...['', 'MyTeam'].map((source) => ({
      alarm: `ResultDeadLetters${source}`,
      breakIt: () => leaveOn(`ResultDeadLetterQueueUrl${source}`),
      found: {
        what: expect.stringMatching(source ? /dead letter queue my team$/ : /dead letter queue$/),
        says: expect.stringMatching(/^1 message/),
        todo: expect.stringContaining('Mend the reader'),
      },
    })),
    { alarm: 'DeadLetters', breakIt: () => leaveOn('DeadLetterQueueUrl') },
    {
      alarm: 'ResultsNotSent',
      breakIt() {
        closeQueue('ResultQueueUrl');
        return sendMany(25, () => ({ chatSessionId: addSession() }));
      },
      found: { what: 'results, last hour', todo: expect.stringContaining('#resultsnotsent') },
    },
    {
      // The second look cannot send either.
      alarm: 'DeadLettersUnanswered',
      breakIt: () =>
        queueOf('DeadLetterQueueUrl').send({ body: '{}', groupId: '2', deduplicationId: '2' }),
      found: { what: 'Dead letter queue', todo: expect.stringContaining('Never redrive') },
      mend: openQueues,
    },
    ...['', 'MyTeam'].map((source) => ({
      alarm: `ResultsUnread${source}`,
      breakIt() {
        leaveOn(`ResultQueueUrl${source}`);
        // In the hands of a reader that does nothing with it.
        queueOf(`ResultQueueUrl${source}`).receive({ visibilityTimeoutSeconds: 600 });
      },
      laterMs: 61_000,
    })),
    {
      alarm: 'EventsTooOld',
      breakIt() {
        stack.superOffice.setFault(onRoute('transfer', always({ kind: 'hang' })));
        return sendMany(1, () => ({ chatSessionId: addSession() }));
      },
      found: { what: 'Event queue', todo: expect.stringContaining('event source mapping') },
      laterMs: 301_000,
      mend: () => stack.superOffice.setFault(undefined),
    },
  ];

  it('TicketNotWatched is raised by silence, and doctor says so', () => broken(silence));

  it('are all broken here but those that cannot be', async () => {
    const names = [silence, ...breaks].map(({ alarm }) => alarm);
    const all = await alarmStates(stack, { since: Date.now(), now: Date.now });

    expect(new Set(all.map(({ name }) => name).filter((name) => !notHere.test(name)))).toEqual(
      new Set(names),
    );
  });

  it('none is raised while all is well', async () => {
    const since = Date.now();
    const [id] = await sendMany(1, () => ({ chatSessionId: addSession() }));
    const keepCredential = stack.deployment.functionBy('KeepCredentialFunctionName');
    await Promise.all([stack.result(id), keepCredential.invoke({})]);

    const states = await alarmStates(stack, { since, now: Date.now });

    expect(states.filter(isRaised)).toEqual([]);
  });

  it.each(breaks)('$alarm is raised by what it watches, and doctor says so', broken);

  async function broken({ alarm, breakIt, found, mend, laterMs = 0 }: Break) {
    const since = Date.now();
    const now = () => Date.now() + laterMs;
    const raised = async () =>
      (await alarmStates(stack, { since, now })).find(
        (state) => state.name === alarm && isRaised(state),
      );
    try {
      await breakIt();
      const state = await until(alarm, raised, withinMs);
      const wrong = (await examined([state], now)).filter(({ ok }) => !ok);

      const [, section = ''] = /Then: docs\/runbook\.md#(.*)$/.exec(state.description) ?? [];
      expect(runbook.toLowerCase().split('\n')).toContain(`## ${section}`);
      const todo = `See docs/runbook.md#${section}.`;
      expect(wrong).toContainEqual(expect.objectContaining({ what: 'alarm', todo }));
      if (found) expect(wrong).toContainEqual(expect.objectContaining(found));
    } finally {
      mend?.();
    }
  }
});
