/** What authenticates, as the secret of route chat holds it: nothing of it may get into an error. */
export function headersOf(secretString: string): Record<string, string> {
  const { ticket, bearerToken, username, password, appToken } = parse(secretString);
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const authorization =
    (ticket && `SOTicket ${ticket}`) ??
    (bearerToken && `Bearer ${bearerToken}`) ??
    (username && `Basic ${basic}`);
  if (!authorization) throw new Error('The secret: expected ticket, bearerToken or username.');
  return { authorization, ...(appToken && { 'so-apptoken': appToken }) };
}

function parse(secretString: string): Record<string, string | undefined> {
  try {
    return JSON.parse(secretString);
  } catch {
    throw new Error('The secret: expected a JSON object.');
  }
}

/** Where the tenant is: online that changes, and the state service tells. */
export async function findWebApi(environment: NodeJS.ProcessEnv): Promise<string> {
  const { WEB_API_URL, TENANT_STATE_URL = '' } = environment;
  if (WEB_API_URL) return WEB_API_URL;
  const response = await fetch(TENANT_STATE_URL, { signal: AbortSignal.timeout(5_000) });
  const { IsRunning, Api } = (await response.json()) as { IsRunning: boolean; Api: string };
  if (!IsRunning) throw new Error('The tenant is not running.');
  const { origin, hostname } = new URL(Api);
  const isSuperOffices = origin.startsWith('https:') && hostname.endsWith('.superoffice.com');
  if (!isSuperOffices) throw new Error('The state service named an address that is not followed.');
  return Api;
}
