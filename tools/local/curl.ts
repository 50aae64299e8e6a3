import { cancelPath } from '../../lambda/contract/paths.ts';
import type { DemoStore } from './demo.ts';

/** A command to paste into a shell. It signs the body with sha256sum and sends it. */
export function curlCommand(url: string, store: DemoStore, body: string, path: string = cancelPath): string {
  return [
    `BODY='${body.replaceAll("'", `'\\''`)}'; \\`,
    `curl -sS '${url}${path}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -H 'X-Access-Key: ${store.accessKey}' \\`,
    `  -H "X-EBP-Signature: $(printf '%s' "$BODY" '${store.hashKey}' | sha256sum | cut -d ' ' -f 1)" \\`,
    `  -H 'X-Division-Code: ${store.divisionCode}' -H 'X-Store-Id: ${store.storeId}' \\`,
    `  -H 'X-Channel-Code: ${store.channelCode}' -H 'X-Ric-Code: ${store.ricCode}' \\`,
    `  -H 'X-Country-Code: ${store.countryCode}' -H 'X-Currency-Code: ${store.currencyCode}' \\`,
    `  -w '\\n' --data-binary "$BODY"`,
  ].join('\n');
}
