import type { MessageAttribute, MessageAttributes } from './message.ts';
import { invalidParameter } from './sqs-error.ts';

/** What XML 1.0 can carry: #x9 #xA #xD #x20-#xD7FF #xE000-#xFFFD #x10000-#x10FFFF. */
const carried = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

export const isCarried = (text: string) => carried.test(text);

/** Throws `SqsError` for attributes SQS refuses; words and codes as far as seen from AWS. */
export function checkAttributes(attributes: MessageAttributes): void {
  const names = Object.keys(attributes);
  if (names.length > 10)
    throw invalidParameter(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [10].`,
    );
  for (const name of names) {
    checkName(name);
    checkType(name, attributes[name]?.DataType ?? '');
    checkValue(name, attributes[name] as MessageAttribute);
  }
}

function checkName(name: string): void {
  const wellFormed =
    /^[\p{L}\p{N}_.-]{1,256}$/u.test(name) &&
    !/^(aws|amazon)\./i.test(name) &&
    !/^\.|\.$|\.\./.test(name);
  if (wellFormed) return;
  throw invalidParameter(
    `Message (user) attribute name '${name}' is invalid: letters, digits, '_', '-' and single '.' inside, at most 256, not starting with 'AWS.' or 'Amazon.'.`,
  );
}

function checkType(name: string, dataType: string): void {
  if (/^(String|Number|Binary)(\..*)?$/.test(dataType) && dataType.length <= 256) return;
  throw invalidParameter(
    `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
  );
}

function checkValue(name: string, attribute: MessageAttribute): void {
  const { DataType, StringValue, BinaryValue } = attribute;
  const [type] = DataType.split('.');
  const value = type === 'Binary' ? BinaryValue : StringValue;
  if (!value)
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`,
    );
  if (StringValue !== undefined && BinaryValue !== undefined)
    throw invalidParameter(`Message (user) attribute '${name}' has multiple values.`);
  if (type === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
    throw invalidParameter(
      `Can't cast the value of message (user) attribute '${name}' to a number.`,
    );
  if (type !== 'Binary' && !isCarried(value))
    throw invalidParameter(
      `Invalid binary character was found in message (user) attribute '${name}'.`,
    );
}
