import { credentialSteps } from './credential-steps.ts';
import { listSteps } from './list-steps.ts';
import { queueSteps } from './queue-steps.ts';
import type { Step } from './step.ts';
import { targetSteps } from './target-steps.ts';
import { transferSteps } from './transfer-steps.ts';

/**
 * What can be asked by calls. What cannot, is left to look at by hand: whether SuperOffice ends a
 * transfer that nobody answers within half an hour, and which webhooks fire meanwhile. Each step
 * leaves the chat with A, nobody asked.
 */
export const steps: readonly Step[] = [
  ...credentialSteps,
  ...listSteps,
  ...targetSteps,
  ...transferSteps,
  ...queueSteps,
];
