/**
 * @typedef {{ method: string, headers: Record<string, string>, body: Uint8Array<ArrayBuffer> }} SignedRequest
 */

/**
 * @param {string} text the body, whose UTF-8 bytes are signed
 * @param {string} hashKey
 * @param {Record<string, string>} headers empty ones are not sent
 * @returns {Promise<SignedRequest>}
 */
export async function signRequest(text, hashKey, headers) {
  const body = new TextEncoder().encode(text);
  const sent = Object.entries(headers).filter(([, value]) => value !== '');
  return {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      [signatureHeader]: await sha256(body, new TextEncoder().encode(hashKey)),
      ...Object.fromEntries(sent),
    },
    body,
  };
}

/**
 * The request as a shell command that signs it, with the hash key in the variable HASH_KEY. It has no signature, because
 * whoever gets a signed request can send it again.
 * @param {string} url
 * @param {SignedRequest} request
 */
export function curlOf(url, { headers, body }) {
  const lines = Object.entries(headers).map(([name, value]) =>
    name === signatureHeader ? `-H ${signing}` : `-H ${quote(`${name}: ${value}`)}`,
  );
  const curl = [`curl -i ${quote(url)}`, ...lines, '--data-binary "$BODY"'].join(' \\\n  ');
  return `BODY=${quote(new TextDecoder().decode(body))}\n${curl}`;
}

const signatureHeader = 'X-EBP-Signature';
const signing = `"${signatureHeader}: $(printf '%s' "$BODY" "$HASH_KEY" | sha256sum | cut -d ' ' -f 1)"`;

/** @param {string} text */
function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Lower-case hex of SHA-256 over the body followed by the key.
 * @param {Uint8Array} body
 * @param {Uint8Array} key
 */
async function sha256(body, key) {
  const bytes = new Uint8Array(body.length + key.length);
  bytes.set(body);
  bytes.set(key, body.length);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
