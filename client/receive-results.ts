import { parseRouteChatResult, type ReceivedResult } from '../contract/parse-result.ts';
import { backoffMs } from './backoff.ts';
import { systemClock } from './clock.ts';
import { checkQueueUrl, connect, type SqsOptions } from './sqs.ts';
import { isFinal } from './sqs-failure.ts';

/** A result that is to be dealt with. */
export type ReceivedDelivery = {
  result: ReceivedResult;
  /**
   * Takes the result off the queue; until then it comes again after the queue's visibility timeout,
   * and its chat's later results wait.
   * @throws the error of SQS, as where that timeout has passed
   */
  done(): Promise<void>;
};

/** Receives in a row that may fail. */
const mostFailures = 8;

/**
 * Reads results off their queue, in batches of one to ten, for as long as it is iterated and until
 * the signal aborts. A chat's results come in order. What is no result is left out, and left on the
 * queue: after ten receives it is a dead letter. The same result may come twice, with the same
 * `eventMessageId`.
 * @throws TypeError where there is no queue URL; the error of SQS where it refuses a receive, or
 *   fails eight in a row
 */
export async function* receiveResults(
  options: SqsOptions,
): AsyncGenerator<ReceivedDelivery[], void> {
  const { queueUrl, signal } = options;
  checkQueueUrl(queueUrl);
  const queue = await connect(options);
  let failures = 0;
  while (!signal?.aborted) {
    let messages: Awaited<ReturnType<typeof queue.receive>>;
    try {
      messages = await queue.receive();
      failures = 0;
    } catch (error) {
      failures += 1;
      if (isFinal(error) || failures === mostFailures) throw error;
      await systemClock.sleep(backoffMs(failures, Math.random), signal);
      continue;
    }
    const deliveries = messages.flatMap(({ Body = '', ReceiptHandle }) => {
      const result = resultIn(Body);
      return result ? [{ result, done: () => queue.delete(ReceiptHandle) }] : [];
    });
    if (deliveries.length > 0) yield deliveries;
  }
}

function resultIn(body: string): ReceivedResult | undefined {
  try {
    return parseRouteChatResult(body);
  } catch {
    return undefined;
  }
}
