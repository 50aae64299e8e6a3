// Peer e, without any work: what Node itself takes to load a handler and to call it.
export async function handler() {
  return { statusCode: 200, body: '{}' };
}
