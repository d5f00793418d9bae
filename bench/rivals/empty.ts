/** Does nothing: what the runtime alone takes. */
export async function handler(): Promise<void> {}
