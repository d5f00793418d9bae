import { appToken, passwordOf } from '../stand-ins/superoffice/authorize.ts';
import { personalData } from '../stand-ins/superoffice/personal-data.ts';
import type { Breach } from './breach.ts';
import type { RunRecord } from './run-record.ts';

/** Customers' data, SuperOffice's free text, and how every credential of the stand-in begins. */
const confidential = [
  ...personalData,
  '@stand-in.example',
  appToken,
  passwordOf(''),
  `7T:${Buffer.from('fa4e', 'utf16le').toString('base64').slice(0, 9)}`,
  'fake-bearer-',
  'fake-refresh-',
  'fake-code-',
  'fake-system-user-token',
  'PRIVATE KEY',
  'RSAKeyValue',
  // A JSON Web Token.
  'eyJ0eXAi',
  'SOTicket ',
  'Bearer ',
];

/** What of a text may not be said in a log or a result. */
export const leaksIn = (text: string): string[] =>
  confidential.filter((secret) => text.includes(secret));

/** No credential, no customer's data, nothing in SuperOffice's words is said anywhere. */
export const leaks = ({ leaks: said }: Pick<RunRecord, 'leaks'>): Breach[] =>
  said.map((says) => ({ says }));
