import type { Tenant } from '../stand-ins/superoffice/tenant.ts';
import type { SessionState } from './run-record.ts';

/** The tenant, with a note of every chat session as each call, or somebody in SuperOffice, left it. */
export function observedTenant(tenant: Tenant, note: (state: SessionState) => void): Tenant {
  const noteNow = (
    chatSessionId: number,
    by: SessionState['by'],
    target?: string,
    applied = false,
  ) => {
    const session = structuredClone(tenant.peek(chatSessionId));
    note({ at: tenant.now(), chatSessionId, by, target, applied, session });
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
      noteNow(chatSessionId, 'transfer', target, tenant.history.at(-1)?.applied ?? false);
      return entity;
    },
    accept(chatSessionId, ...rest) {
      const entity = tenant.accept(chatSessionId, ...rest);
      noteNow(chatSessionId, 'person');
      return entity;
    },
    reject(chatSessionId, ...rest) {
      const entity = tenant.reject(chatSessionId, ...rest);
      noteNow(chatSessionId, 'person');
      return entity;
    },
    pickup(caller, chatSessionId, ...rest) {
      const entity = tenant.pickup(caller, chatSessionId, ...rest);
      noteNow(chatSessionId, 'pick-up');
      return entity;
    },
    reset(caller, chatSessionId, ...rest) {
      const entity = tenant.reset(caller, chatSessionId, ...rest);
      noteNow(chatSessionId, 'reset');
      return entity;
    },
    cancel(chatSessionId, ...rest) {
      const entity = tenant.cancel(chatSessionId, ...rest);
      noteNow(chatSessionId, 'person');
      return entity;
    },
    reopen(chatSessionId) {
      const entity = tenant.reopen(chatSessionId);
      noteNow(chatSessionId, 'person');
      return entity;
    },
    close(chatSessionId) {
      const entity = tenant.close(chatSessionId);
      noteNow(chatSessionId, 'person');
      return entity;
    },
  };
}
