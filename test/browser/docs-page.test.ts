import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Request } from 'playwright-core';
import { cancelPath, detailPath } from '../../lambda/contract/paths.ts';
import { demoStore } from '../../tools/local/demo.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';
import { launchBrowser, openPage, type OpenPage, seriousFindings } from './open-page.ts';

const phone = { width: 360, height: 740 };
const elsewhere = 'docs.example';

let local: RunningLocal;
let browser: Browser;
const opened: OpenPage[] = [];

beforeAll(async () => {
  local = await startLocal();
  const { port } = new URL(local.url);
  browser = await launchBrowser([
    `--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`,
    // In place of the certificate of a deployment: a browser signs nothing without either.
    `--unsafely-treat-insecure-origin-as-secure=http://${elsewhere}:${port}`,
  ]);
});
afterEach(async () => {
  for (const { page } of opened.splice(0)) await page.context().close();
});
afterAll(async () => {
  // First what runs even if no browser could be started.
  await local.interrupt();
  await browser.close();
});

const open = async (options = {}, url = local.url) => {
  const page = await openPage(browser, url, options);
  opened.push(page);
  return page;
};
const openElsewhere = async () => await open({}, `http://${elsewhere}:${new URL(local.url).port}`);

describe('on what npm start serves', () => {
  test('each example is sent with two clicks, and gets the response that it announces', async () => {
    const { page, choose, send, outcome } = await open();
    const outcomes: string[] = [];
    for (const example of [
      'Full order cancellation',
      'Item-level cancellation',
      'Partial cancellation by amount',
      'Replay',
      'Refusal',
    ]) {
      await choose(example);
      await send();
      const isReplay = (await page.locator('#response-headers').textContent())?.includes('idempotent-replayed');
      outcomes.push(`${example}: ${isReplay ? 'again ' : ''}${(await outcome()).slice(0, 40)}`);
    }
    expect(outcomes).toEqual([
      'Full order cancellation: HTTP 200, resultCode 0: SUCCESS.',
      'Item-level cancellation: HTTP 200, resultCode 0: SUCCESS.',
      'Partial cancellation by amount: HTTP 200, resultCode 0: SUCCESS.',
      'Replay: again HTTP 200, resultCode 0: SUCCESS. Replaye',
      'Refusal: HTTP 400, resultCode EBP-C-0004: The can',
    ]);
  });

  test('a refusal lists each error with its field, its reason and what would be accepted', async () => {
    const { page, choose, send, outcome } = await open();
    await choose('Refusal');
    await send();
    expect(await outcome()).toContain('5 errors, listed below.');
    const errors = await page.locator('#errors li').allTextContents();
    expect(errors).toHaveLength(5);
    expect(errors[0]).toContain('/items/0/quantity QUANTITY_EXCEEDS_REMAINING quantity is more than the 2 left');
    expect(errors.at(-1)).toContain('/totalCancelAmount TOTAL_MISMATCH');
  });

  test('the curl that it shows is the request that it sent, without the key and the signature', async () => {
    const { page, requests, choose, send } = await open();
    await choose('Refusal');
    await send();
    const curl = (await page.locator('#curl').textContent()) ?? '';
    const signature = cancellationIn(requests).headers()['x-ebp-signature'] ?? 'none';
    expect(curl).toContain(`BODY='${cancellationIn(requests).postData()}'`);
    expect(curl).toContain(`-H 'X-Store-Id: ${demoStore.storeId}'`);
    expect(curl).toContain('sha256sum');
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(await page.content()).not.toContain(signature);
    expect(curl).not.toContain(demoStore.hashKey);
  });

  test('a cancellation is sent for the state that was seen, with a key that the detail returns', async () => {
    const { page, requests, choose, send, outcome } = await open();
    await choose('What remains');
    await page.getByLabel('Body: these very bytes').fill('{ "orderNo": "ORD20251224004" }');
    await send();
    const etag = await page.locator('#etag').textContent();
    await page.getByRole('button', { name: 'Use as If-Match' }).click();
    expect(await page.evaluate('document.activeElement.dataset.header')).toBe('If-Match');
    await page.getByLabel('Idempotency-Key', { exact: true }).fill('clerk-1');
    await choose('Partial cancellation by amount');
    const item = { seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amount: 100 };
    const body = { orderNo: 'ORD20251224004', totalCancelAmount: 100, items: [item] };
    await page.getByLabel('Body: these very bytes').fill(JSON.stringify(body));
    await send();
    expect(requests.at(-1)?.headers()).toMatchObject({ 'if-match': etag, 'idempotency-key': 'clerk-1' });
    expect(await outcome()).toContain('HTTP 200, resultCode 0: SUCCESS.');

    await page.getByLabel('Idempotency-Key', { exact: true }).fill('clerk-2');
    await send();
    expect(await outcome()).toContain('HTTP 412, resultCode EBP-C-0004: The order has changed.');
    expect(await page.locator('#etag').textContent()).not.toBe(etag);

    await send(async () => await page.getByRole('button', { name: 'What remains of' }).click());
    expect(await page.locator('#order-cancellations').innerText()).toMatch(
      /line 3: 1 x 100, 0 units canceled\s.*\s.*\s.*\sidempotency key clerk-1/,
    );
  });

  test('a body that was edited is signed as it is, and a header too', async () => {
    const { page, requests, send, outcome } = await open();
    await page.getByLabel('Body: these very bytes').fill('{ "orderNo": "O\'한" }');
    await page.getByText('Keys and headers', { exact: true }).click();
    await page.getByLabel('X-System-Language').fill('ko');
    await send();
    expect(cancellationIn(requests).headers()['x-system-language']).toBe('ko');
    expect(await outcome()).toContain('HTTP 400, resultCode EBP-C-0007: 요청 본문에 올바르지 않은 필드가 있습니다.');
    expect(await page.locator('#outcome span[lang=ko], #errors span[lang=ko]').count()).toBeGreaterThan(1);
  });

  test('what cannot be sent is not taken for a request without a response', async () => {
    const { page, requests, outcome } = await open();
    await page.getByText('Keys and headers', { exact: true }).click();
    await page.getByLabel('X-Store-Id').fill('데모');
    await page.getByRole('button').click();
    await page.locator('#outcome', { hasText: 'Nothing was sent' }).waitFor();
    expect(await outcome()).not.toContain('not known');
    expect(requests.filter((request) => request.method() === 'POST')).toEqual([]);
  });

  test('a service that is gone is reported in words, and not taken for a refusal', async () => {
    const { page, outcome } = await open();
    await page.route(`**${cancelPath}`, async (route) => await route.abort());
    await page.getByRole('button').click();
    await page.locator('#outcome', { hasText: 'There was no response' }).waitFor();
    expect(await outcome()).toContain('It is not known whether it was canceled. Send the same request again');
  });
});

test('on localhost without a demo no key is filled in', async () => {
  const { page } = await open();
  await page.route('**/docs/demo.json', async (route) => await route.fulfill({ status: 404, body: '' }));
  await page.reload();
  await page.locator('#request[data-ready]').waitFor();
  expect(await page.getByLabel('X-Access-Key').inputValue()).toBe('');
  expect(await page.getByLabel('Hash key').inputValue()).toBe('');
  expect(await page.getByText('that succeeds is real').isVisible()).toBe(true);
});

describe('what remains of an order', () => {
  test('is asked for with two clicks, of the order that was canceled', async () => {
    const { page, requests, choose, send, outcome, faults } = await open();
    await choose('Partial cancellation by amount');
    await send();
    expect(await page.locator('#order').isVisible()).toBe(false);
    await choose('What remains');
    await send();
    expect(requests.at(-1)?.url()).toBe(`${local.url}${detailPath}`);
    expect(requests.at(-1)?.postDataJSON()).toEqual({ orderNo: 'ORD20251224003' });
    expect(await outcome()).toBe('HTTP 200, resultCode 0: SUCCESS. The order is PARTIALLY_CANCELED: see below.');
    expect((await page.locator('#order-lines tr').allInnerTexts()).map((text) => text.split(/\s*\t\s*/))).toEqual([
      ['1: P001', '2 x 50000', '0 (0 units)', '100000 (2 units)'],
      ['2: P002', '1 x 3000', '0 (0 units)', '3000 (1 unit)'],
      ['3: P003', '1 x 3000', '2000 (0 units)', '1000 (1 unit)'],
    ]);
    expect(await page.locator('#order-cancellations li').allInnerTexts()).toEqual([
      expect.stringMatching(
        /^REFUND of 2000 of products\s+line 3: 1 x 2000, 0 units canceled\s+\d{4}-.*\s+The refund .*\s+RETREQ\w+$/,
      ),
    ]);
    expect(await faults()).toEqual([]);
  });

  test('is asked for with one click after a cancellation, and after a refusal', async () => {
    const { page, requests, choose, send } = await open();
    for (const [example, orderNo] of [
      ['Item-level cancellation', 'ORD20251224002'],
      ['Refusal', 'ORD20251224003'],
    ] as const) {
      await choose(example);
      await send();
      await send(async () => await page.getByRole('button', { name: `What remains of ${orderNo}` }).click());
      expect(requests.at(-1)?.postDataJSON()).toEqual({ orderNo });
      expect(await page.locator('#order-title').innerText()).toContain(orderNo);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Sign and send');
      expect(await page.locator('#follow-up').isVisible()).toBe(false);
    }
  });

  test('is shown page by page, the next one with a click', async () => {
    const { page, requests, choose, send } = await open();
    const cancelMore = async (amount: number) => {
      const item = { seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amount };
      const body = { orderNo: 'ORD20251224003', totalCancelAmount: amount, items: [item] };
      await page.getByLabel('Body: these very bytes').fill(JSON.stringify(body));
      await send();
    };
    await cancelMore(1);
    await cancelMore(2);
    await choose('One at a time');
    await send();
    const first = await page.locator('#order-cancellations').innerText();
    expect(await page.getByText('There are more of them.').isVisible()).toBe(true);
    await send(async () => await page.getByRole('button', { name: 'The next cancellations' }).click());
    expect(requests.at(-1)?.postDataJSON()).toEqual({
      orderNo: 'ORD20251224003',
      limit: 1,
      nextToken: expect.any(String),
    });
    expect(await page.locator('#order-cancellations li').count()).toBe(1);
    expect(await page.locator('#order-cancellations').innerText()).not.toBe(first);
  });

  test('is refused for an order that the store has not, which no later request takes over', async () => {
    const { page, choose, send, outcome } = await open();
    await choose('Item-level cancellation');
    await choose('Unknown order');
    await send();
    expect(await outcome()).toContain('HTTP 404, resultCode EBP-Z-0002');
    expect(await page.locator('#order').isVisible()).toBe(false);
    expect(await page.locator('#follow-up').isVisible()).toBe(false);
    await choose('What remains');
    expect(await page.getByLabel('Body: these very bytes').inputValue()).toContain('ORD20251224002');
  });

  test('is simply asked for again where no response came', async () => {
    const { page, choose, outcome } = await open();
    await page.route(`**${detailPath}`, async (route) => await route.abort());
    await choose('What remains');
    await page.getByRole('button').click();
    await page.locator('#outcome', { hasText: 'There was no response' }).waitFor();
    expect(await outcome()).toContain('Send the same request again: it changes nothing.');
  });
});

test('each link at the head of the page leads to the heading that it names', async () => {
  const { page } = await open({ reducedMotion: 'reduce' });
  const nav = page.getByRole('navigation', { name: 'On this page' });
  for (const operation of ['Cancel Payment', 'Get Payment Details']) {
    for (const part of ['Headers', 'Body', 'Responses', 'Examples']) {
      await nav.getByRole('link', { name: `${part} of ${operation}` }).click();
      const target = page.locator(':target');
      expect(await target.innerText()).toBe(part);
      expect(await page.locator('section', { has: target }).getByRole('heading', { level: 2 }).innerText()).toBe(
        operation,
      );
    }
  }
});

describe('what the page asks for', () => {
  test('comes from its own origin, and its policy has nothing to forbid', async () => {
    const { requests, faults, choose, send } = await open();
    await choose('Refusal');
    await send();
    const foreign = requests
      .map((request) => request.url())
      .filter((url) => !/^data:|^http:\/\/127\.0\.0\.1:/.test(url));
    expect({ foreign, faults: await faults() }).toEqual({ foreign: [], faults: [] });
    expect(requests.length).toBeGreaterThan(5);
  });

  test('a script or a style that gets into it is not run', async () => {
    const { page, faults } = await open();
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))",
    );
    expect((await faults()).join()).toContain('style-src-elem');
  });
});

describe('elsewhere than on localhost', () => {
  const keys = { access: 'ACCESS-KEY-4711', hash: 'HASH-KEY-4711' };

  test('no demo is asked for, and no key is filled in', async () => {
    const { page, requests } = await openElsewhere();
    expect(requests.map((request) => request.url()).filter((url) => url.includes('demo'))).toEqual([]);
    expect(await page.getByLabel('X-Access-Key').inputValue()).toBe('');
    expect(await page.getByLabel('Hash key').inputValue()).toBe('');
    expect(await page.getByLabel('X-Access-Key').isVisible()).toBe(true);
  });

  test('without keys nothing is sent', async () => {
    const { page, requests } = await openElsewhere();
    await page.getByRole('button').click();
    expect(await page.evaluate('document.activeElement.id')).toBe('field-x-access-key');
    expect(requests.filter(isCancellation)).toEqual([]);
  });

  test('the access key leaves the page as its header alone, and the hash key never', async () => {
    const { page, requests, send, faults } = await openElsewhere();
    await page.getByLabel('X-Access-Key').fill(keys.access);
    await page.getByLabel('Hash key').fill(keys.hash);
    await send();
    const sent = await Promise.all(requests.map(textOfRequest));
    expect(sent.filter((text) => text.includes(keys.hash))).toEqual([]);
    expect(sent.filter((text) => text.includes(keys.access))).toHaveLength(1);
    expect(cancellationIn(requests).headers()['x-access-key']).toBe(keys.access);
    expect(`${cancellationIn(requests).url()} ${cancellationIn(requests).postData()}`).not.toContain(keys.access);
    const kept =
      '[location.href, document.documentElement.outerHTML, JSON.stringify({ ...localStorage, ...sessionStorage })]';
    expect((await page.evaluate<string[]>(kept)).join()).not.toContain(keys.hash);
    expect(await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(0);
    expect(await faults()).toEqual([]);
  });
});

describe('for everybody', () => {
  test('a keyboard is enough to choose an example, send it and read the response', async () => {
    const { page, send, outcome } = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.labels[0].textContent')).toBe('Refusal');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await send(async () => await page.keyboard.press('Enter'));
    expect(await outcome()).toContain('EBP-C-0004');
    // From the button, where the focus stays, on to what remains of the order, and to the response.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('What remains of ORD20251224003');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('response-body');
  });

  test('what has the focus is visible', async () => {
    const { page } = await open();
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab');
      const style = 'getComputedStyle(document.activeElement)';
      expect(await page.evaluate(`${style}.outlineStyle !== 'none' && parseFloat(${style}.outlineWidth) >= 2`)).toBe(
        true,
      );
    }
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious in %s', async (colorScheme) => {
    const { page, choose, send } = await open({ colorScheme });
    expect(await seriousFindings(page)).toEqual([]);
    await choose('Refusal');
    await send();
    await page.getByText('Keys and headers', { exact: true }).click();
    expect(await seriousFindings(page)).toEqual([]);
    await choose('What remains');
    await send();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a phone of 360 px never scrolls sideways', async () => {
    const { page, choose, send } = await open({ viewport: phone });
    await choose('Refusal');
    await send();
    await page.getByText('Keys and headers', { exact: true }).click();
    for (const summary of await page.locator('main > section summary').all()) await summary.click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
    expect(await seriousFindings(page)).toEqual([]);
    await choose('What remains');
    await send();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
  });

  test('without scripts all of the documentation is there', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${local.url}/docs`);
    const seen = await page.locator('main').innerText();
    for (const text of [
      'X-EBP-Signature',
      'QUANTITY_EXCEEDS_REMAINING',
      'items[].taxAmount',
      'cancellations[].returnRequestId',
      'needs JavaScript',
    ]) {
      expect(seen).toContain(text);
    }
    await context.close();
  });
});

function isCancellation(request: Request): boolean {
  return request.url().endsWith(cancelPath);
}

function cancellationIn(requests: readonly Request[]): Request {
  const found = requests.find(isCancellation);
  if (found === undefined) throw new Error('Nothing was sent.');
  return found;
}

async function textOfRequest(request: Request): Promise<string> {
  return `${request.url()} ${JSON.stringify(await request.allHeaders())} ${request.postData() ?? ''}`;
}
