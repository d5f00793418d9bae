import type { SecretsFault, SecretsFaultPlan } from '../stand-ins/secrets-manager.ts';
import type { SqsFault, SqsFaultPlan } from '../stand-ins/sqs/faults.ts';
import { chooseFrom, count, type Tally, type WeightedChoices } from './weighted-choice.ts';

export type AwsFaultOptions = { random: () => number; percent: number; tally: Tally };

/** A hang costs a sandbox up to three seconds. */
const sqsFaultKinds: WeightedChoices<SqsFault | 'partial' | 'sender fault'> = [
  { name: '500', weight: 20, choice: { kind: 'error', status: 500, code: 'InternalFailure' } },
  {
    name: 'throttled',
    weight: 10,
    choice: { kind: 'error', status: 403, code: 'RequestThrottled' },
  },
  { name: 'denied', weight: 10, choice: { kind: 'error', status: 403, code: 'AccessDenied' } },
  { name: 'answer lost', weight: 20, choice: { kind: 'lose-answer' } },
  { name: 'reset', weight: 10, choice: { kind: 'reset' } },
  { name: 'partly failed', weight: 20, choice: 'partial' },
  { name: 'sender at fault', weight: 5, choice: 'sender fault' },
  { name: 'slow', weight: 5, choice: { kind: 'delay', delayMs: 300 } },
  { name: 'hang', weight: 1, choice: { kind: 'hang' } },
];

/** Lets a share of the function's own calls to SQS fail; producers and readers are spared. */
export function sqsFaults(
  options: AwsFaultOptions & { eventQueueName: string; resultQueueName: string },
): SqsFaultPlan {
  const { random, percent, tally, eventQueueName, resultQueueName } = options;
  const isTheFunctions = (action: string, queueName: string) =>
    queueName === resultQueueName
      ? action === 'SendMessageBatch'
      : queueName === eventQueueName &&
        // Producers here send batches.
        ['DeleteMessageBatch', 'ChangeMessageVisibilityBatch', 'SendMessage'].includes(action);

  return ({ action, queueName }) => {
    if (!isTheFunctions(action, queueName) || random() * 100 >= percent) return undefined;
    const { name, choice } = chooseFrom(sqsFaultKinds, random);
    count(tally, `SQS ${action}: ${name}`);
    if (choice === 'partial') return failEntries(random, 'InternalError', false);
    if (choice === 'sender fault') return failEntries(random, 'InvalidMessageContents', true);
    return choice;
  };
}

const failEntries = (random: () => number, code: string, senderFault: boolean): SqsFault => ({
  kind: 'fail-entries',
  failEntries: () => (random() < 0.5 ? { code, senderFault } : undefined),
});

const secretsFaultKinds: WeightedChoices<SecretsFault> = [
  { name: 'throttled', weight: 40, choice: { kind: 'error', type: 'ThrottlingException' } },
  { name: 'internal error', weight: 30, choice: { kind: 'error', type: 'InternalServiceError' } },
  { name: 'denied', weight: 10, choice: { kind: 'error', type: 'AccessDeniedException' } },
  { name: 'reset', weight: 15, choice: { kind: 'reset' } },
  { name: 'slow', weight: 15, choice: { kind: 'delay', delayMs: 300 } },
  { name: 'hang', weight: 1, choice: { kind: 'hang' } },
];

/** Lets a share of the reads of the credential secret fail. */
export function secretsFaults({ random, percent, tally }: AwsFaultOptions): SecretsFaultPlan {
  return (operation) => {
    if (random() * 100 >= percent) return undefined;
    const { name, choice } = chooseFrom(secretsFaultKinds, random);
    count(tally, `Secrets Manager ${operation}: ${name}`);
    return choice;
  };
}
