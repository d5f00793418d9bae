import { credentialSteps } from './credential-steps.ts';
import { listSteps } from './list-steps.ts';
import { creationSteps, queueSteps } from './queue-steps.ts';
import type { Step } from './step.ts';
import { targetSteps } from './target-steps.ts';
import { transferSteps } from './transfer-steps.ts';

/**
 * What can be asked by calls, in this order: the first tells who is who, a session that is created is
 * there for the lists, and the chat itself is put back into the queue last.
 */
export const steps: readonly Step[] = [
  ...credentialSteps,
  ...creationSteps,
  ...listSteps,
  ...targetSteps,
  ...transferSteps,
  ...queueSteps,
];
