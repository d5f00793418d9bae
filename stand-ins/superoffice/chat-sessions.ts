import { associates, findAssociate } from './associates.ts';
import { createChatPresence } from './chat-presence.ts';
import {
  type ChatSession,
  type ChatSessionEntity,
  isActive,
  toChatSessionEntity,
} from './chat-session.ts';
import { type DateStyle, tenantDates } from './date-style.ts';
import { type SeedSession, seedSessions, toChatSession } from './seed-sessions.ts';
import type { HistoryEntry, Tenant, UndocumentedAnswers } from './tenant.ts';
import { createTickets } from './tickets.ts';

type Entity = ChatSessionEntity | null;

/** Creates a tenant with sessions of every kind, or with the given ones. Synchronous throughout. */
export function createTenant(options: {
  now: () => number;
  seed?: readonly SeedSession[];
  answers?: Partial<UndocumentedAnswers>;
}): Tenant {
  const { now } = options;
  const customerId = 'Cust12345';
  const sessions = new Map<number, ChatSession>();
  const history: HistoryEntry[] = [];
  let lastId = 999;
  const byId = (id: number) => associates.find(({ associateId }) => associateId === id);
  const answers: UndocumentedAnswers = {
    unknownSession: 'not-found',
    unknownTarget: 'nothing',
    malformedId: 'bad-request',
    managersMoveOthers: false,
    presenceUserId: 'ejUserId',
    ...options.answers,
  };

  const entity = (id: number, dates: DateStyle = tenantDates): Entity => {
    const session = sessions.get(id);
    return session === undefined ? null : toChatSessionEntity(session, byId, dates);
  };

  /** Tries one change and writes down whether it was one. */
  const attempt = (
    entry: Pick<HistoryEntry, 'sessionId' | 'caller' | 'action' | 'target'>,
    change: (session: ChatSession) => boolean,
  ): boolean => {
    const session = sessions.get(entry.sessionId);
    const applied = session !== undefined && change(session);
    history.push({ at: now(), ...entry, applied });
    return applied;
  };

  const mayMove = (caller: number, session: ChatSession) =>
    session.owner === caller ||
    (answers.managersMoveOthers && session.owner !== null && byId(caller)?.manager === true);

  /** Accepts or rejects. Only who was asked may answer: that others may not is an assumption. */
  const answerOffer = (
    action: 'accept' | 'reject',
    id: number,
    named: number | undefined,
    change: (session: ChatSession, caller: number) => void,
  ) => {
    const caller = named ?? sessions.get(id)?.pending ?? null;
    attempt({ sessionId: id, caller, action, target: null }, (session) => {
      if (caller === null || session.pending !== caller || !isActive(session)) return false;
      change(session, caller);
      session.pending = null;
      return true;
    });
  };

  const tenant: Tenant = {
    ...createTickets(now, customerId, (name) => findAssociate(associates, name)),
    customerId,
    now,
    associates,
    answers,
    presence: createChatPresence(),
    history,
    findAssociate: (toAssociate) => findAssociate(associates, toAssociate),
    addSession(seed = {}) {
      const id = seed.chatSessionId ?? lastId + 1;
      lastId = Math.max(lastId, id);
      sessions.set(id, toChatSession(seed, id, now()));
      return id;
    },
    sessions: () => [...sessions.values()],
    peek: (id) => sessions.get(id) ?? null,
    get: entity,
    transferTo(caller, id, target, dates) {
      const to = findAssociate(associates, target);
      attempt({ sessionId: id, caller, action: 'transfer', target }, (session) => {
        if (to === undefined || !isActive(session) || !mayMove(caller, session)) return false;
        // To whom it belongs already, or is offered already: nothing is left to do.
        if (to.associateId === session.owner || to.associateId === session.pending) return false;
        session.pending = to.associateId;
        session.specialMessages.push(6);
        return true;
      });
      return entity(id, dates);
    },
    accept(id, caller, dates) {
      answerOffer('accept', id, caller, (session, by) => {
        session.owner = by;
      });
      return entity(id, dates);
    },
    reject(id, caller, dates) {
      answerOffer('reject', id, caller, (session) => {
        session.specialMessages.push(13);
      });
      return entity(id, dates);
    },
    cancel(id, named) {
      const caller = named ?? sessions.get(id)?.owner ?? null;
      attempt({ sessionId: id, caller, action: 'cancel', target: null }, (session) => {
        const isTheirs = caller !== null && session.owner === caller;
        if (!isTheirs || session.pending === null || !isActive(session)) return false;
        session.pending = null;
        return true;
      });
      return entity(id);
    },
    pickup(caller, id, dates) {
      const taken = attempt(
        { sessionId: id, caller, action: 'pickup', target: null },
        (session) => {
          if (session.status !== 'InQueue') return false;
          Object.assign(session, { owner: caller, status: 'UserLast', startedAt: now() });
          return true;
        },
      );
      return taken ? entity(id, dates) : null;
    },
    reset(caller, id, dates) {
      // Nothing documented says that somebody else's session is safe from it.
      attempt({ sessionId: id, caller, action: 'reset', target: null }, (session) => {
        if (session.endedAt !== null) return false;
        const queued = { owner: null, pending: null, startedAt: null, chatbotIsActive: false };
        Object.assign(session, queued, { status: 'InQueue' });
        return true;
      });
      return entity(id, dates);
    },
    close(id) {
      attempt({ sessionId: id, caller: null, action: 'close', target: null }, (session) => {
        if (session.endedAt !== null) return false;
        // A pending transfer stays as it is: nothing documented says that it is cleared.
        Object.assign(session, { status: 'Closed', endedAt: now() });
        return true;
      });
      return entity(id);
    },
    reopen(id) {
      attempt({ sessionId: id, caller: null, action: 'reopen', target: null }, (session) => {
        if (session.endedAt === null) return false;
        // With its owner, and with what was pending: the least that is documented to change.
        Object.assign(session, { status: 'CustomerLast', endedAt: null, startedAt: now() });
        return true;
      });
      return entity(id);
    },
  };
  for (const seed of options.seed ?? seedSessions) tenant.addSession(seed);
  return tenant;
}
