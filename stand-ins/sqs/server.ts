import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountId } from '../aws-account.ts';
import { close, keepAliveTimeoutMs, listen } from '../http-server.ts';
import { actions, type Call, type Input } from './actions.ts';
import { createQueues, type QueueDefinition } from './create-queues.ts';
import type { SqsFault, SqsFaultPlan } from './faults.ts';
import type { FifoQueue } from './fifo-queue.ts';
import { answer, answerError, readCall } from './protocol.ts';
import { SqsError } from './sqs-error.ts';

/** A running stand-in for SQS. */
export type SqsStandIn = {
  readonly endpoint: string;
  queueUrl(name: string): string;
  /** The queue behind the wire, for looking at it and for the platform's own side. */
  queue(name: string): FifoQueue;
  /** How often each action was called, whatever became of it. */
  readonly calls: Readonly<Record<string, number>>;
  setFault(plan: SqsFaultPlan | undefined): void;
  /** Ends at once, whatever hangs or polls. */
  close(): Promise<void>;
};

/** Starts SQS on this machine: FIFO queues, over HTTP as the AWS SDKs speak it. */
export async function startSqs(options: {
  queues: readonly QueueDefinition[];
  now?: () => number;
  port?: number;
  host?: string;
  fault?: SqsFaultPlan;
}): Promise<SqsStandIn> {
  const { now = Date.now } = options;
  const queues = createQueues(options.queues, now);
  const calls: Record<string, number> = {};
  const closing = new AbortController();
  let plan = options.fault;

  const findQueue = (name: string): FifoQueue => {
    const queue = queues.get(name);
    if (!queue) throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };

  const apply = async (
    action: string,
    input: Input,
    fault: SqsFault | undefined,
    caller: Pick<Call, 'senderId' | 'signal'>,
  ) => {
    if (action === 'ListQueues') return { QueueUrls: [...queues.keys()].map(queueUrl) };
    if (action === 'GetQueueUrl')
      return { QueueUrl: queueUrl(findQueue(input.QueueName ?? '').name) };
    const perform = actions[action];
    if (!perform)
      throw new SqsError('UnsupportedOperation', `The stand-in does not know ${action}.`);
    const queue = findQueue(queueNameOf(input));
    const failEntries = fault?.kind === 'fail-entries' ? fault.failEntries : () => undefined;
    return await perform({ input, queue, failEntries, ...caller });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { action, input, senderId } = await readCall(request);
    const number = (calls[action] ?? 0) + 1;
    calls[action] = number;
    const queueName = queueNameOf(input);
    const { Entries: entries } = input;
    const fault = plan?.({ action, queueName, number, ...(entries && { entries }) });
    const hungUp = new AbortController();
    response.once('close', () => hungUp.abort());
    const signal = AbortSignal.any([hungUp.signal, closing.signal]);
    // A caller who gives up meanwhile does not stop a slow service from applying the call.
    if (fault?.delayMs !== undefined)
      await sleep(fault.delayMs, undefined, { signal: closing.signal });
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') return void request.socket.resetAndDestroy();
    if (fault?.kind === 'error')
      return answerError(response, { ...fault, message: 'Failed on purpose.' });
    const body = await apply(action, input, fault, { senderId, signal });
    if (fault?.kind === 'lose-answer') request.socket.resetAndDestroy();
    else answer(response, body);
  };

  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // Whoever hung up, or closed us, is no fault of the stand-in's; anything else is.
      if (closing.signal.aborted || response.destroyed) return;
      if (error instanceof SqsError) return answerError(response, error);
      console.error('The SQS stand-in failed', error);
      answerError(response, { code: 'InternalFailure', message: String(error), status: 500 });
    });
  });
  const endpoint = await listen(server, options);
  const queueUrl = (name: string) => `${endpoint}/${accountId}/${name}`;

  return {
    endpoint,
    queueUrl,
    queue: findQueue,
    calls,
    setFault: (next) => {
      plan = next;
    },
    async close() {
      closing.abort();
      await close(server);
    },
  };
}

/** The last part of the address, or the name itself, which AWS accepts as well. */
const queueNameOf = ({ QueueUrl = '', QueueName = '' }: Input) =>
  QueueUrl.split('/').at(-1) || QueueName;
