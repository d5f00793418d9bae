import type { Answer, Tenant } from './tenant.ts';

type Carrier = { AssociateId?: unknown } | null;

/** A call's answer as the table says it: status, and of a session who has it and who is asked. */
export function shown({ status, kind, body }: Answer, tenant: Pick<Tenant, 'letterOf'>): string {
  if (kind !== 'json') return `${status}, ${kind}`;
  if (body === null) return `${status}, null`;
  const { Status, User, TransferTo, ErrorType, ErrorMessage } = body as Record<string, unknown>;
  if (ErrorType !== undefined || ErrorMessage !== undefined) return `${status}, ${ErrorType}`;
  if (Status === undefined)
    return `${status}, ${Array.isArray(body) ? `${body.length} rows` : 'JSON'}`;
  const letter = (carrier: unknown) => tenant.letterOf((carrier as Carrier)?.AssociateId);
  return `${status}, ${Status}, user ${letter(User)}, asked ${letter(TransferTo)}`;
}
