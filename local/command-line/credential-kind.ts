/** What the function may authenticate with. */
export const credentialKinds = [
  'ticket',
  'refresh-token',
  'system-user',
  'password',
  'bearer-token',
] as const;

export type CredentialKind = (typeof credentialKinds)[number];
