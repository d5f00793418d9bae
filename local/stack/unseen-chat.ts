import type { SuperOfficeFaultPlan } from '../../stand-ins/superoffice/faults.ts';

/** A chat that SuperOffice answers 200 and `null` for, as it may for one it does not show. */
export const unseenChatSessionId = 777;

/** Has the stand-in answer so. */
export const unseenChat: SuperOfficeFaultPlan = ({ chatSessionId }) =>
  chatSessionId === unseenChatSessionId ? { kind: 'body-null' } : undefined;
