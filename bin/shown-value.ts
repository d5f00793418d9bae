const perhapsSecret = 'what may be a secret';

const looks = {
  ticket: /\b7t:/i,
  field: /(ticket|token|password|secret)\W*[:=]/i,
  credentials: /:\/\/[^/]*@/,
  secretArn: /:secretsmanager:/,
  /** Long, with digits among the letters: no word, and no part of an address. */
  token: /(?=[a-z+=_]*\d)[a-z0-9+=_]{32,}/i,
};

const secretKey = /ticket|secret|token|password|credential|key/i;

/** For a message: one line, and no secret that was pasted where none belongs. */
export function shownValue(value: unknown): string {
  const text = JSON.stringify(value);
  if (Object.values(looks).some((look) => look.test(text))) return perhapsSecret;
  return shortened(text);
}

/** The same for a key that is not ours: it may be named after the secret it holds. */
export function shownValueUnder(key: string, value: unknown): string {
  return secretKey.test(key) ? perhapsSecret : shownValue(value);
}

/** The same where the ARN of a secret belongs, which is none itself, and a ticket is soon pasted. */
export function shownArn(value: unknown): string {
  const isArn = String(value).startsWith('arn:') && !looks.ticket.test(String(value));
  return isArn ? shortened(JSON.stringify(value)) : 'no ARN';
}

const shortened = (text: string) => (text.length <= 80 ? text : `${text.slice(0, 79)}…`);
