import { createHash } from 'node:crypto';
import type { MessageAttributes } from './message.ts';

export const md5 = (data: string | Uint8Array) => createHash('md5').update(data).digest('hex');

/** `MD5OfMessageAttributes` as the developer guide defines it; undefined if there is none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort((one, other) => (one < other ? -1 : 1));
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType = '', StringValue = '', BinaryValue } = attributes[name] ?? {};
    const value =
      BinaryValue === undefined
        ? [Buffer.of(1), ...withLength(Buffer.from(StringValue))]
        : [Buffer.of(2), ...withLength(Buffer.from(BinaryValue, 'base64'))];
    return [...withLength(Buffer.from(name)), ...withLength(Buffer.from(DataType)), ...value];
  });
  return md5(Buffer.concat(parts));
}

/** Length as four bytes, big endian, then the bytes. */
function withLength(bytes: Buffer): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}
