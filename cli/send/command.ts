import type { RouteChatEventInput } from '../../client/route-chat-event-input.ts';
import {
  type RouteChatSendAnswer,
  RouteChatSendError,
} from '../../client/route-chat-send-error.ts';
import type { SendOptions as ClientOptions } from '../../client/send-outgoing.ts';
import { sendRouteChatEvents } from '../../client/send-route-chat-events.ts';
import type { Command } from '../command.ts';
import { stopOnSignal } from '../command-line/stop-on-signal.ts';
import { awsFailure } from '../deployment/aws-failure.ts';
import { findDeployment } from '../deployment/deployment.ts';
import { readEvents } from './events.ts';
import { openFunctionLog } from './function-log.ts';
import { watchLog } from './log-watch.ts';
import { parseSendOptions, usage } from './options.ts';
import { startProgress } from './progress.ts';
import { exitCodeOf, jsonLineOf, linesOf, type Sending, unsentIn } from './report.ts';

export const command: Command = {
  summary: 'send events, and wait for what becomes of them',
  usage,
  async run(args) {
    const { waitSeconds, dryRun, trickle, json, ...options } = parseSendOptions(args);
    const events = await readEvents({ ...options, dryRun });
    const deployment = await findDeployment(options.deployment);
    const queueUrl = deployment.output('EventQueueUrl');
    // A stack without this output is so old that it would move the chat in a dry run, too.
    if (dryRun) deployment.output('LogGroupName');
    const signal = stopOnSignal();
    // Ahead of sending: an event whose result cannot be learnt is better not sent.
    const waiting = waitSeconds !== undefined && {
      search: await openFunctionLog(deployment.output('LogGroupName'), signal),
      waitSeconds,
      signal,
    };

    const progress = startProgress(events, waiting !== false);
    const watch = waiting && watchLog({ ...waiting, ...progress });
    const onSent = (_: number, messageId: string) => {
      progress.onSent();
      if (watch) watch.add(messageId);
    };
    const { answers, cause } = await send(events, { queueUrl, signal, trickle, onSent });
    const ended = watch ? await watch.finish() : undefined;
    progress.stop();

    const sendings = events.map((event, index): Sending => {
      const answer = answers[index] as RouteChatSendAnswer;
      const logged = answer.kind === 'sent' ? ended?.outcomes.get(answer.messageId) : undefined;
      return { event, answer, logged };
    });
    const without = signal.aborted ? 'stopped before its result' : 'no result in time';
    const lines = json ? sendings.map(jsonLineOf) : linesOf(sendings, watch !== false, without);
    for (const line of lines) process.stdout.write(`${line}\n`);
    for (const line of unsentIn(sendings)) process.stderr.write(`${line}\n`);
    if (signal.aborted) process.stderr.write('Stopped.\n');
    else {
      sayWhy(cause, 'sqs:SendMessage');
      sayWhy(ended?.lastError, 'logs:FilterLogEvents');
    }
    return exitCodeOf(sendings, watch !== false);
  },
};

/** An answer for each event, in order, and why SQS does not have all of them. */
async function send(
  events: readonly RouteChatEventInput[],
  options: ClientOptions,
): Promise<{ answers: readonly RouteChatSendAnswer[]; cause?: unknown }> {
  try {
    return { answers: await sendRouteChatEvents(events, options) };
  } catch (error) {
    if (!(error instanceof RouteChatSendError)) throw error;
    return { answers: error.answers, cause: error.cause };
  }
}

function sayWhy(error: unknown, call: string): void {
  if (error === undefined) return;
  process.stderr.write(`${awsFailure(error, call)?.message ?? String(error)}\n`);
}
