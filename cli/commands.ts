import type { Command } from './command.ts';

/** Loaded when asked for: most bring clients of AWS along that others do not need. */
export const commands: Record<string, () => Promise<{ command: Command }>> = {
  send: () => import('./send/command.ts'),
};
