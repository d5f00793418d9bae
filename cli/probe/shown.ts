import type { Answer, Tenant } from './tenant.ts';

type Carrier = { AssociateId?: unknown } | null;

/** A call's answer as the table says it: status, and of a session who has it and who is asked. */
export function shown(answer: Answer, tenant: Pick<Tenant, 'letterOf'>): string {
  const { status, kind, body } = answer;
  if (kind !== 'json') return `${status}, ${kind}`;
  if (body === null) return `${status}, null`;
  const { Status, User, TransferTo, ErrorType, ErrorMessage } = body as Record<string, unknown>;
  if (ErrorType !== undefined || ErrorMessage !== undefined) return `${status}, ${ErrorType}`;
  if (Status === undefined) {
    const rows = rowsOf(answer);
    return `${status}, ${rows ? `${rows.length} rows` : 'JSON'}`;
  }
  const letter = (carrier: unknown) => tenant.letterOf((carrier as Carrier)?.AssociateId);
  return `${status}, ${Status}, user ${letter(User)}, asked ${letter(TransferTo)}`;
}

/** The rows of a list, as they are or as OData wraps them; undefined where it is none. */
export function rowsOf({ body }: Answer): Record<string, unknown>[] | undefined {
  const rows = Array.isArray(body) ? body : (body as { value?: unknown } | null)?.value;
  return Array.isArray(rows) ? rows : undefined;
}
