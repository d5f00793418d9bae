import type { SeedAssociate } from './associates.ts';
import type { ChatSession, ChatSessionStatus } from './chat-session.ts';
import { customer } from './personal-data.ts';
import type { Tenant } from './tenant.ts';

/** Columns by name, each what it says of one entity. */
type Columns<Entity> = Record<string, (entity: Entity) => unknown>;
type Row = Record<string, unknown>;

const statuses: readonly ChatSessionStatus[] = [
  'Invalid',
  'PreChatForm',
  'Faq',
  'OfflineForm',
  'InQueue',
  'CustomerLast',
  'UserLast',
  'Finished',
  'Deleted',
  'Closed',
  'RequestPosted',
  'ClosedFromQueue',
];

const dateOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const sessionColumns = (tenant: Tenant): Columns<ChatSession> => ({
  chatSessionId: ({ chatSessionId }) => chatSessionId,
  whenRequested: ({ requestedAt }) => dateOf(requestedAt),
  whenStarted: ({ startedAt }) => dateOf(startedAt),
  timeInQueue: ({ requestedAt, startedAt }) => ((startedAt ?? tenant.now()) - requestedAt) / 1000,
  status: ({ status }) => statuses.indexOf(status),
  associateId: ({ owner }) => owner ?? 0,
  'associate/ejUserId': ({ owner }) =>
    tenant.associates.find(({ associateId }) => associateId === owner)?.ejUserId ?? 0,
  'chatTopic/chatTopicId': ({ topicId }) => topicId,
  customerName: () => customer.name,
  customerEmail: () => customer.email,
});

const userColumns: Columns<SeedAssociate> = {
  associateDbId: ({ associateId }) => associateId,
  ejUserId: ({ ejUserId }) => ejUserId,
  assocName: ({ name }) => name,
  isActive: () => true,
};

/**
 * The rows of `archive/SimpleChatSession`, `ChatSession` or `internalusers`; undefined for another
 * provider, and for a query that is not read here. Of `$filter`, only `… oneOf (…)` joined by `and`
 * is. Without `$select` all columns are shown, the customer's among them.
 */
export function toArchiveRows(provider: string, query: URLSearchParams, tenant: Tenant) {
  switch (provider.toLowerCase()) {
    case 'simplechatsession':
    case 'chatsession':
      return select(tenant.sessions(), sessionColumns(tenant), query, 'chatSessionId');
    case 'internalusers':
      return select(tenant.associates, userColumns, query, 'associateDbId');
    default:
      return undefined;
  }
}

function select<Entity>(
  entities: readonly Entity[],
  columns: Columns<Entity>,
  query: URLSearchParams,
  primaryKey: string,
): Row[] | undefined {
  const shown = query.get('$select')?.split(',') ?? Object.keys(columns);
  const [orderBy = primaryKey, direction = 'asc'] = query.get('$orderBy')?.split(' ') ?? [];
  const filters = readFilters(query.get('$filter') ?? '');
  const used = [...shown, orderBy, ...(filters ?? []).map(({ column }) => column)];
  if (filters === undefined || !used.every((name) => Object.hasOwn(columns, name))) return;

  const rows = entities.map(
    (entity): Row =>
      Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(entity)])),
  );
  const sign = direction === 'desc' ? -1 : 1;
  return rows
    .filter((row) => filters.every(({ column, oneOf }) => oneOf.includes(Number(row[column]))))
    .sort((one, other) => sign * compare(one[orderBy], other[orderBy]))
    .slice(0, Number(query.get('$top') ?? rows.length))
    .map((row) => ({
      PrimaryKey: String(row[primaryKey]),
      EntityName: 'row',
      ...Object.fromEntries(shown.map((name) => [name, row[name]])),
    }));
}

type Filter = { column: string; oneOf: readonly number[] };

function readFilters(text: string): Filter[] | undefined {
  if (text === '') return [];
  const filters = text.split(' and ').map((part): Filter | undefined => {
    const [, column, values] = /^([\w/]+) oneOf \(([\d,]+)\)$/.exec(part) ?? [];
    if (column === undefined || values === undefined) return undefined;
    return { column, oneOf: values.split(',').map(Number) };
  });
  return filters.every((filter) => filter !== undefined) ? filters : undefined;
}

const compare = (one: unknown, other: unknown) =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other));
