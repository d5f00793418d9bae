/** As much as is read of what API Gateway hands over, in its payload format 2.0. */
export type HttpEvent = {
  /** Names in lower case. */
  headers: Partial<Record<string, string>>;
  body?: string;
  isBase64Encoded: boolean;
  requestContext: { requestId: string };
};

export type HttpAnswer = {
  statusCode: number;
  headers?: Record<string, string>;
  body?: string;
};

/** The body byte for byte as it was sent: what a signature is over. */
export const bytesOf = ({ body = '', isBase64Encoded }: HttpEvent): Buffer =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

export const answerJson = (statusCode: number, body: object): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
