/** What the doctor asks past AWS. Neither rejects. */
export type Web = {
  /** SuperOffice's word on a tenant, from its public state service. */
  tenantState(url: string): Promise<{ isRunning: boolean; says: string }>;
  /** The status of the answer to a request with a wrong signature; words where there is none. */
  answerToForged(url: string): Promise<number | string>;
};

const timeoutMs = 10_000;

/** Well-formed: without one the intake refuses a request before it needs its secret. */
const wrongSignature = Buffer.alloc(32).toString('base64');

export const web: Web = {
  async tenantState(url) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      const body: unknown = await response.json();
      const { IsRunning, State } = body as { IsRunning?: unknown; State?: unknown };
      if (IsRunning === true) return { isRunning: true, says: 'running' };
      return { isRunning: false, says: `not running${State ? ` (${String(State)})` : ''}` };
    } catch (error) {
      return { isRunning: false, says: `the state service does not say: ${nameOf(error)}` };
    }
  },

  async answerToForged(url) {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const headers = {
        'content-type': 'application/json',
        'X-SuperOffice-Signature': wrongSignature,
      };
      return (await fetch(url, { method: 'POST', headers, body: '{}', signal })).status;
    } catch (error) {
      return nameOf(error);
    }
  },
};

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'nothing');
