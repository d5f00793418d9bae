import { appToken } from '../stand-ins/superoffice/authorize.ts';
import { personalData } from '../stand-ins/superoffice/personal-data.ts';

/** What of a text may not be said: customers' data, SuperOffice's free text, tickets. */
export const leaksIn = (text: string, tickets: readonly string[]): string[] =>
  [...personalData, appToken, ...tickets].filter((secret) => text.includes(secret));
