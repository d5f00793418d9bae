// A leaf without imports: what is deployed and what is called keep the same rule.

/** What an address of the WebAPI must be; completes "expected …". */
export const expectedWebApiUrl =
  'an https address that ends in /api, without credentials, query or fragment (http for a loopback host only)';

/** Whether a credential may be sent there: over TLS or on this machine, with nothing to hide behind. */
export function isWebApiUrl(address: string): boolean {
  // The parser would drop or turn what nobody types on purpose.
  if (/[\s\\?#]/.test(address) || !URL.canParse(address)) return false;
  const { protocol, hostname, pathname, username, password } = new URL(address);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && username === '' && password === '' && /\/api\/?$/.test(pathname);
}

/** As the URL parser reads the address, so that what was checked is what is called. */
export const normalizeWebApiUrl = (address: string) => new URL(address).href.replace(/\/$/, '');

export const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
