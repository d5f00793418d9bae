import type { Read } from './answer.ts';

/** As much of SuperOffice's Associate carrier as routing needs. */
export type Associate = {
  associateId: number;
  ejUserId: number | null;
  /** Initials or login name. */
  name: string | null;
  /** Online: the SuperID name, usually an e-mail address. Compared, never passed on. */
  userName: string | null;
};

/** Reads a carrier; null where it is unset, which may also be an object with id 0. */
export function readAssociate(json: unknown): Associate | null {
  if (typeof json !== 'object' || json === null) return null;
  const { AssociateId, EjUserId, Name, UserName } = json as Record<string, unknown>;
  if (!isId(AssociateId)) return null;
  return {
    associateId: AssociateId,
    ejUserId: isId(EjUserId) ? EjUserId : null,
    name: textOrNull(Name),
    userName: textOrNull(UserName),
  };
}

/** Reads SoPrincipalCarrier, where the login name goes by `Associate`. */
export function readPrincipal(json: unknown): Read<Associate> {
  const carrier = Object(json) as Record<string, unknown>;
  const value = readAssociate({ ...carrier, Name: carrier.Associate });
  return value ? { ok: true, value } : { ok: false, lacks: 'AssociateId' };
}

export const isId = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;

/** A result carries names, and SQS takes no more than a megabyte; a name in an event is shorter. */
const longestName = 512;

const textOrNull = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value.slice(0, longestName) : null;
