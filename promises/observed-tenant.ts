import type { ChatSessionEntity } from '../stand-ins/superoffice/chat-session.ts';
import type { Tenant } from '../stand-ins/superoffice/tenant.ts';
import type { SessionState } from './run-record.ts';

type Entity = ChatSessionEntity | null;

const notTransferred = { target: undefined, applied: false };

/** The tenant, with a note of every chat session as each call, or somebody in SuperOffice, left it. */
export function observedTenant(tenant: Tenant, note: (state: SessionState) => void): Tenant {
  const noteNow = (
    chatSessionId: number,
    by: SessionState['by'],
    { target, applied }: Pick<SessionState, 'target' | 'applied'> = notTransferred,
  ) => {
    const session = structuredClone(tenant.peek(chatSessionId));
    note({ at: tenant.now(), chatSessionId, by, target, applied, session });
  };
  const byPerson =
    <Given extends [id: number, ...unknown[]]>(act: (...given: Given) => Entity) =>
    (...given: Given) => {
      const entity = act(...given);
      noteNow(given[0], 'person');
      return entity;
    };
  return {
    ...tenant,
    get(chatSessionId, dates) {
      const entity = tenant.get(chatSessionId, dates);
      noteNow(chatSessionId, 'look');
      return entity;
    },
    transferTo(caller, chatSessionId, target, dates) {
      const entity = tenant.transferTo(caller, chatSessionId, target, dates);
      noteNow(chatSessionId, 'transfer', {
        target,
        applied: tenant.history.at(-1)?.applied === true,
      });
      return entity;
    },
    pickup(caller, chatSessionId, dates) {
      const entity = tenant.pickup(caller, chatSessionId, dates);
      noteNow(chatSessionId, 'pick-up');
      return entity;
    },
    reset(caller, chatSessionId, dates) {
      const entity = tenant.reset(caller, chatSessionId, dates);
      noteNow(chatSessionId, 'reset');
      return entity;
    },
    accept: byPerson(tenant.accept),
    reject: byPerson(tenant.reject),
    cancel: byPerson(tenant.cancel),
    reopen: byPerson(tenant.reopen),
    close: byPerson(tenant.close),
  };
}
