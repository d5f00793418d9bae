import type { Person, Tenant } from './tenant.ts';

export type Probe = {
  tenant: Tenant;
  /** A chat session that A has, for as long as the probe runs; undefined where none could be had. */
  chat: number | undefined;
  /** Associate ids of the people. */
  ids: Partial<Record<Person, number>>;
};

/** One open question. What it finds is a cell of a table. */
export type Step = {
  question: string;
  /** Who must have a credential. */
  needs: readonly Person[];
  /** What a customer or an agent could see of what is done to the chat: asked before. */
  visible?: string;
  run(probe: Probe): Promise<string>;
};
