import { expect } from '@jest/globals';
import { nameInUrl } from '../../local/stack/template-values.ts';
import { always, onRoute } from '../../stand-ins/superoffice/faults.ts';
import { webhookPayload, webhookSignature } from '../../stand-ins/superoffice/webhook.ts';
import type { Deployed } from './deployed.ts';
import { until } from './until.ts';

/** How what an alarm watches is broken, and mended. */
export type Break = {
  alarm: string;
  breakIt: (what: Breakable) => unknown;
  /** What doctor finds by itself, before any alarm has been raised. */
  found?: { what: unknown; says?: unknown; todo?: unknown };
  mend?: (what: Breakable) => unknown;
  /** The doctor and the alarm look so much later. */
  laterMs?: number;
};

export type Breakable = ReturnType<typeof breakable>;

const signingSecret = 'the s3cret of the webhook';

/** A deployment, by what there is to break about it. */
export function breakable(stack: Deployed) {
  const { deployment, superOffice } = stack;
  const urlOrArn = (output: string) => deployment.outputs[output] ?? '';
  const queueOf = (output: string) => deployment.sqs.queue(nameInUrl(urlOrArn(output)));
  return {
    ...stack,
    queueOf,
    leaveOn: (output: string) =>
      queueOf(output).send({ body: '{}', groupId: '1', deduplicationId: '1' }),
    sendMany: (count: number, event: (index: number) => { chatSessionId: number }) =>
      stack.send(
        Array.from({ length: count }, (_, index) => ({ toAssociate: 'ann', ...event(index) })),
      ),
    addSession: (given: { owner?: number } = {}) => superOffice.tenant.addSession(given),
    putSecret: (output: string, content: object) =>
      deployment.secretsManager.put(urlOrArn(output), JSON.stringify(content)),
    post(by: string) {
      const body = JSON.stringify(webhookPayload({ event: 'routechat.requested' }));
      const headers = {
        'content-type': 'application/json',
        'X-SuperOffice-Signature': webhookSignature(body, by),
      };
      return fetch(urlOrArn('HttpIntakeUrl'), { method: 'POST', headers, body });
    },
    /** The hourly use of the credential, as the schedule has it made. */
    keepCredential: () => deployment.functionBy('KeepCredentialFunctionName').enqueue({}),
    /** EventBridge's event, that the intake has carried out. */
    putOnBus: () =>
      deployment.eventBridge.put({
        EventBusName: deployment.eventBusNames[0],
        Source: 'somebody',
        DetailType: 'RouteChatRequested',
        Detail: JSON.stringify({ chatSessionId: 648, toAssociate: 'ann' }),
      }),
    /** SQS takes nothing that is sent to these queues over the wire. */
    closeQueues(...outputs: string[]) {
      const names = outputs.map((output) => queueOf(output).name);
      deployment.sqs.setFault(({ action, queueName }) =>
        action.startsWith('SendMessage') && names.includes(queueName)
          ? { kind: 'error', status: 403, code: 'AccessDenied' }
          : undefined,
      );
    },
    openQueues: () => deployment.sqs.setFault(undefined),
  };
}

/** While nobody has invoked keep-credential, and the HTTP intake's secret is the placeholder. */
export const silence: Break = {
  alarm: 'TicketNotWatched',
  breakIt: () => undefined,
  found: { what: 'HTTP intake', todo: expect.stringContaining('Fill its secret') },
  mend: ({ putSecret }) => putSecret('HttpIntakeSecretArn', { signingSecret }),
};

export const breaks: readonly Break[] = [
  {
    alarm: 'OwnedByAnother',
    breakIt: ({ sendMany, addSession }) =>
      sendMany(12, () => ({ chatSessionId: addSession({ owner: 9 }) })),
    found: { what: 'results, last hour', says: expect.stringContaining('owned-by-another') },
  },
  {
    alarm: 'ResultsFailed',
    breakIt: ({ sendMany }) => sendMany(15, (index) => ({ chatSessionId: 990_000 + index })),
    found: { what: 'results, last hour', todo: expect.stringContaining('#resultsfailed') },
  },
  {
    alarm: 'ResultsTooLate',
    breakIt: ({ sendMany, addSession }) =>
      sendMany(30, () => ({
        chatSessionId: addSession(),
        expiresAt: new Date(Date.now() - 1_000).toISOString(),
      })),
    found: { what: 'results, last hour', todo: expect.stringContaining('#resultstoolate') },
  },
  {
    alarm: 'TicketRefused',
    breakIt({ superOffice, sendMany, addSession }) {
      superOffice.tenant.expireTickets();
      return sendMany(1, () => ({ chatSessionId: addSession() }));
    },
    found: { what: 'credential', todo: expect.stringContaining('Put a new credential') },
    mend: ({ rotate }) => rotate(),
  },
  {
    alarm: 'TicketUnavailable',
    // As where nobody has filled the secret yet: a sandbox goes on using what it has read.
    async breakIt({ deployment, putSecret, sendMany, addSession }) {
      putSecret('TicketSecretArn', { ticket: 'REPLACE-ME' });
      for (const output of ['FunctionName', 'KeepCredentialFunctionName']) {
        const fn = deployment.functionBy(output);
        await until('no sandbox', () => !fn.killOne());
      }
      await sendMany(1, () => ({ chatSessionId: addSession() }));
    },
    found: { what: 'credential', todo: expect.stringContaining('Fill or mend') },
    mend: ({ rotate }) => rotate(),
  },
  {
    alarm: 'FunctionErrors',
    breakIt: ({ deployment }) =>
      Promise.allSettled([1, 2, 3].map(() => deployment.routeChat.invoke(null))),
  },
  {
    alarm: 'HttpIntakeRefused',
    breakIt: ({ post }) => Promise.all([1, 2, 3].map(() => post('the s3cret of somebody else'))),
  },
  {
    alarm: 'HttpIntakeFailed',
    async breakIt({ closeQueues, post }) {
      closeQueues('EventQueueUrl');
      const answers = await Promise.all([post(signingSecret), post(signingSecret)]);
      expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    },
    mend: ({ openQueues }) => openQueues(),
  },
  {
    alarm: 'FunctionThrottled',
    breakIt({ deployment, sendMany, addSession }) {
      deployment.concurrency.takenByOthers = 1_000;
      return sendMany(1, () => ({ chatSessionId: addSession() }));
    },
    found: { what: 'credential', todo: expect.stringContaining('#functionthrottled') },
    mend({ deployment }) {
      deployment.concurrency.takenByOthers = 0;
    },
  },
  {
    alarm: 'TicketNotKeptAlive',
    async breakIt({ superOffice, keepCredential }) {
      superOffice.setFault(always({ kind: 'reset' }));
      await expect(keepCredential()).rejects.toThrow('network');
    },
    found: { what: 'credential', says: expect.stringContaining('network') },
    mend: ({ superOffice }) => superOffice.setFault(undefined),
  },
  {
    alarm: 'IntakeDeadLetters',
    async breakIt({ closeQueues, putOnBus }) {
      closeQueues('EventQueueUrl');
      await putOnBus();
    },
    found: { what: 'Intake dead letter queue', says: expect.stringMatching(/^1 message/) },
    mend: ({ openQueues }) => openQueues(),
  },
  {
    alarm: 'IntakeDeadLetterErrors',
    async breakIt({ closeQueues, putOnBus }) {
      closeQueues('EventQueueUrl', 'IntakeDeadLetterQueueUrl');
      await putOnBus();
    },
    mend: ({ openQueues }) => openQueues(),
  },
  {
    alarm: 'IntakeRuleRouteChatRequested',
    async breakIt({ closeQueues, deployment, putOnBus }) {
      closeQueues('IntakeDeadLetterQueueUrl');
      deployment.eventBridge.setFault('NO_PERMISSIONS');
      await putOnBus();
    },
    mend({ openQueues, deployment }) {
      deployment.eventBridge.setFault(undefined);
      openQueues();
    },
  },
  ...['', 'MyTeam'].map(
    (source): Break => ({
      alarm: `ResultDeadLetters${source}`,
      breakIt: ({ leaveOn }) => leaveOn(`ResultDeadLetterQueueUrl${source}`),
      found: {
        what: expect.stringMatching(source ? /dead letter queue my team$/ : /dead letter queue$/),
        says: expect.stringMatching(/^1 message/),
        todo: expect.stringContaining('Mend the reader'),
      },
    }),
  ),
  { alarm: 'DeadLetters', breakIt: ({ leaveOn }) => leaveOn('DeadLetterQueueUrl') },
  {
    alarm: 'ResultsNotSent',
    breakIt({ closeQueues, sendMany, addSession }) {
      closeQueues('ResultQueueUrl');
      return sendMany(25, () => ({ chatSessionId: addSession() }));
    },
    found: { what: 'results, last hour', todo: expect.stringContaining('#resultsnotsent') },
  },
  {
    // The second look cannot send either.
    alarm: 'DeadLettersUnanswered',
    breakIt: ({ queueOf }) =>
      queueOf('DeadLetterQueueUrl').send({ body: '{}', groupId: '2', deduplicationId: '2' }),
    found: { what: 'Dead letter queue', todo: expect.stringContaining('Never redrive') },
    mend: ({ openQueues }) => openQueues(),
  },
  ...['', 'MyTeam'].map(
    (source): Break => ({
      alarm: `ResultsUnread${source}`,
      breakIt({ leaveOn, queueOf }) {
        leaveOn(`ResultQueueUrl${source}`);
        // In the hands of a reader that does nothing with it.
        queueOf(`ResultQueueUrl${source}`).receive({ visibilityTimeoutSeconds: 600 });
      },
      laterMs: 61_000,
    }),
  ),
  {
    alarm: 'EventsTooOld',
    breakIt({ superOffice, sendMany, addSession }) {
      superOffice.setFault(onRoute('transfer', always({ kind: 'hang' })));
      return sendMany(1, () => ({ chatSessionId: addSession() }));
    },
    found: { what: 'Event queue', todo: expect.stringContaining('event source mapping') },
    laterMs: 301_000,
    mend: ({ superOffice }) => superOffice.setFault(undefined),
  },
];

/** In a deployment that has a system user. */
export const ofSystemUser: Break = {
  alarm: 'TicketNotMinted',
  async breakIt({ superOffice, loginService, keepCredential }) {
    superOffice.tenant.expireTickets();
    loginService?.refuseSystemUser('NeedsReapproval');
    await expect(keepCredential()).rejects.toThrow();
  },
  found: { what: 'credential', todo: expect.stringContaining('#ticketnotminted') },
};
