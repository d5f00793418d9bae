import type { Command } from './command.ts';

/** Loaded when asked for: most bring clients of AWS along that others do not need. */
export const commands: Record<string, () => Promise<{ command: Command }>> = {
  'dead-letters': () => import('./dead-letters/command.ts'),
  doctor: () => import('./doctor/command.ts'),
  probe: () => import('./probe/command.ts'),
  send: () => import('./send/command.ts'),
  'sign-in': () => import('./sign-in/command.ts'),
};
