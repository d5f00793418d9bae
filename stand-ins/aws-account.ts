/** Where and whose the stand-ins for AWS are: one region and one account, wherever an ARN is said. */
export const region = 'eu-north-1';
export const accountId = '000000000000';

/**
 * SQS's SenderId, by who signed. A role's temporary credentials begin with ASIA, what it does is done
 * by its unique id and a session name; anybody else here is the account itself.
 */
export const senderIdOf = (accessKeyId: string | undefined) =>
  accessKeyId?.startsWith('ASIA') ? `AROA${accessKeyId.slice(4)}:session` : accountId;

/** The access key id of a role's temporary credentials; its unique id begins with AROA. */
export const accessKeyIdOf = (roleId: string) => `ASIA${roleId.slice(4)}`;

/** They open nothing: the stand-ins take whatever they are signed with. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
