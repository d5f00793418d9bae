import { errorText } from './personal-data.ts';

/** An answer, before it is put on the wire. */
export interface WireAnswer {
  status: number;
  /** SuperOffice may send its own words instead of the standard phrase. */
  reason?: string;
  headers: Record<string, string>;
  body: string;
}

/** 200 or another status with JSON. */
export const jsonAnswer = (value: unknown, status = 200, reason?: string): WireAnswer => ({
  status,
  ...(reason === undefined ? {} : { reason }),
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/** A page such as the web server in front of the API writes, not the API. */
export const htmlAnswer = (status: number, text: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<!DOCTYPE html>\r\n<html><head><title>${status} - ${text}</title></head><body><div id="header"><h1>Server Error</h1></div><fieldset><h2>${status} - ${text}</h2></fieldset></body></html>\r\n`,
});

/** No body at all. */
export const emptyAnswer = (status: number): WireAnswer => ({ status, headers: {}, body: '' });

/** The documented error body of the REST API. The free text is recognisable: it may not leak. */
export const superOfficeError = (status: number, errorType: string, reason?: string): WireAnswer =>
  jsonAnswer(
    {
      Error: true,
      ErrorType: errorType,
      ErrorMessage: errorText,
      ErrorSource: 'SuperOffice.Services.Implementation',
    },
    status,
    reason,
  );

/** The other documented shape: ASP.NET refused the request before SuperOffice saw it. */
export const aspNetError = (status: number, message: string): WireAnswer =>
  jsonAnswer({ Message: message, MessageDetail: errorText }, status);

/** The same object as XML, for whoever asks for XML and not for JSON. */
function toXml(name: string, value: unknown): string {
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value === 'object') {
    const children = Object.entries(value).map(([key, child]) => toXml(key, child));
    return `<${name}>${children.join('')}</${name}>`;
  }
  const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<${name}>${text}</${name}>`;
}

/** JSON unless XML alone is asked for. */
export function negotiated(answer: WireAnswer, accept: string | undefined): WireAnswer {
  const { 'content-type': type = '' } = answer.headers;
  const wantsXml = accept?.includes('xml') === true && !/json|\*\/\*/.test(accept);
  if (!type.startsWith('application/json') || !wantsXml) return answer;
  return {
    ...answer,
    headers: { 'content-type': 'application/xml; charset=utf-8' },
    body: toXml('Response', JSON.parse(answer.body)),
  };
}
