import type { Tenant } from '../stand-ins/superoffice/tenant.ts';
import type { Found } from './run-record.ts';

/** The tenant, with a note of every call that reaches a chat session and of what it found there. */
export function observedTenant(tenant: Tenant, note: (found: Found) => void): Tenant {
  const noteNow = (chatSessionId: number, target: string | undefined, applied: boolean) => {
    const session = tenant.peek(chatSessionId);
    note({ at: Date.now(), chatSessionId, target, applied, session: session && { ...session } });
  };
  return {
    ...tenant,
    get(chatSessionId, dates) {
      const entity = tenant.get(chatSessionId, dates);
      noteNow(chatSessionId, undefined, false);
      return entity;
    },
    transferTo(caller, chatSessionId, target, dates) {
      const entity = tenant.transferTo(caller, chatSessionId, target, dates);
      noteNow(chatSessionId, target, tenant.history.at(-1)?.applied ?? false);
      return entity;
    },
  };
}
