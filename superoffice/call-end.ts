import type { Answer } from './answer.ts';
import type { Credential } from './credential.ts';

/** Why a call was not made. None of these can have been applied. */
export type NotCalled =
  | { kind: 'credential-unavailable'; reason: string }
  | { kind: 'credential-refused' }
  | { kind: 'tenant-not-running'; state: string }
  /** The reason completes "The tenant state service …". */
  | { kind: 'tenant-unknown'; reason: string }
  /** SuperOffice's Retry-After reaches past this call's last moment. */
  | { kind: 'paused' }
  /** The event's deadline has passed, or would before its turn. */
  | { kind: 'deadline-passed' }
  /** The function would be stopped before the call had surely ended. */
  | { kind: 'out-of-time' };

/** How a call ended: SuperOffice's answer and whose credential got it, or why it was not made. */
export type CallEnd<Value> = (Answer<Value> & { credential: Credential }) | NotCalled;

/** Epoch milliseconds at which a call may still start. */
export type LatestStart = { latestStart: number };
