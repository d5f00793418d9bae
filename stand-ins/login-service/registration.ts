/** Of the application, as registered with SuperOffice. Public, as every client id is. */
export const clientId = 'client-id-of-the-stand-in';

/** Where a sign-in may come back to. */
export const registeredRedirectUri = 'http://127.0.0.1:7890/callback';
