/**
 * A value as JSON in an SQS message, which refuses two characters that `JSON.stringify` leaves as they
 * are; escaped, it is the same text.
 */
export const toMessageBody = (value: unknown) =>
  JSON.stringify(value).replace(/[\ufffe\uffff]/g, (character) =>
    character === '\ufffe' ? String.raw`\ufffe` : String.raw`\uffff`,
  );
