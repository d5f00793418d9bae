/** Where and whose the stand-ins for AWS are: one region and one account, wherever an ARN is said. */
export const region = 'eu-north-1';
export const accountId = '000000000000';

/** They open nothing: the stand-ins take whatever they are signed with. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
