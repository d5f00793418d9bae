import type { Tokens } from '../../superoffice/tokens.ts';
import type { Person, Tenant } from './tenant.ts';

/** Whom a transfer could be to, beside the people: who is meant is told by the flag `--target`. */
export const targetKinds = ['digits', 'e-mail', 'absent', 'unlicensed', 'not-in-topic'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** What a chat session can be beside one that A has: which is meant is told by `--session`. */
export const sessionKinds = ['queued', 'closed', 'bot-held'] as const;
export type SessionKind = (typeof sessionKinds)[number];

export type Probe = {
  tenant: Tenant;
  /** A chat session that A has, for as long as the probe runs; undefined where none could be had. */
  chat: number | undefined;
  /** Associate ids of the people. */
  ids: Partial<Record<Person, number>>;
  /** User names or associate ids. */
  targets: Partial<Record<TargetKind, string>>;
  /** A session that the probe creates becomes the queued one, where none was told. */
  sessions: Partial<Record<SessionKind, number>>;
  /** The session that the probe created, and deletes. */
  created?: number;
  /** Refreshes the refresh token, where there is one. Rejects with LoginError. */
  refresh?: () => Promise<Tokens>;
};

/** One open question. What it finds is a cell of a table. */
export type Step = {
  question: string;
  /** Who must have a credential. */
  needs: readonly Person[];
  /** What else must be there: undefined where it is, else what is missing. */
  lacks?(probe: Probe): string | undefined;
  /** What a customer or an agent could see of what is done: asked before. */
  visible?: string;
  run(probe: Probe): Promise<string>;
};
