/** An object is JSON, text a page. */
export type LoginAnswer = {
  status: number;
  headers?: Record<string, string>;
  body: object | string;
};
