import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import { detailPath } from '../../lambda/contract/paths.ts';
import type { DetailExecution, PaymentDetail } from '../../lambda/detail/payment-detail.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';
import { findingsIn, launchBrowser, openPage, type OpenPage } from './open-page.ts';

const phone = { width: 360, height: 740 };
const orderNo = 'ORD20251224003';

let local: RunningLocal;
let browser: Browser;
let amount = 0;
const opened: OpenPage[] = [];

beforeAll(async () => {
  local = await startLocal();
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const { page } of opened.splice(0)) {
    // A request that is under way then is of a test that has said what it has to say.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.context().close();
  }
});
afterAll(async () => {
  await local.interrupt();
  await browser.close();
});

type State = DetailExecution['status'] | 'NONE';

/** The page, with a clock that stands still, and an executor whose next states are these; the last one stays. */
async function open(states: readonly State[], options = {}) {
  const page = await openPage(browser, local.url, options);
  opened.push(page);
  await page.page.clock.install();
  await page.page.clock.pauseAt(Date.now() + 60_000);
  let asked = 0;
  await page.page.route(`**${detailPath}`, async (route) => {
    asked += 1;
    const state = states[Math.min(asked, states.length) - 1] ?? 'NONE';
    const response = await route.fetch();
    const envelope = (await response.json()) as Envelope<PaymentDetail>;
    await route.fulfill({ response, json: { ...envelope, data: envelope.data && inState(envelope.data, state) } });
  });
  return {
    ...page,
    asked: () => asked,
    /** The next request of the page is due after so long, and its answer shown. */
    async after(ms: number): Promise<void> {
      const answered = page.page.waitForResponse((response) => response.url().endsWith(detailPath));
      await page.page.clock.runFor(ms);
      await answered;
    },
    async cancel(): Promise<void> {
      await page.choose('Partial cancellation by amount');
      amount += 1;
      const item = { seq: 3, itemType: 'PHYSICAL', itemId: 'P003', quantity: 1, amount };
      const body = { orderNo, totalCancelAmount: amount, items: [item] };
      await page.page.getByLabel('Body: these very bytes').fill(JSON.stringify(body));
      await page.send();
    },
    line: page.page.locator('#executions'),
    /** Of the cancellation that was made last. */
    inOrder: page.page.locator('#order-cancellations li').last().locator('[data-execution]'),
  };
}

/** The last cancellation in this state, and those before it at rest. */
function inState(data: PaymentDetail, status: State): PaymentDetail {
  const at = (state: State): { execution?: DetailExecution } => {
    const reason = state === 'FAILED' ? { failureReason: 'ACCOUNT_CLOSED' } : {};
    if (state === 'NONE') return {};
    return { execution: { status: state, attempt: 1, updatedAt: '2026-01-01T00:00:00.000Z', ...reason } };
  };
  const cancellations = (data.cancellations ?? []).map(({ execution: _real, ...one }, index, all) => ({
    ...one,
    ...at(index === all.length - 1 ? status : 'SUCCEEDED'),
  }));
  return { ...data, cancellations };
}

async function hide(page: Page): Promise<void> {
  await page.evaluate(
    "Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange'))",
  );
}

describe('after a cancellation', () => {
  test('the page says what becomes of the refund, as it changes, until it is at rest', async () => {
    const { page, cancel, after, asked, line, faults } = await open(['NONE', 'REQUESTED', 'PENDING', 'SUCCEEDED']);
    await cancel();
    expect(await line.textContent()).toBe('');
    expect(await line.getAttribute('aria-live')).toBe('polite');
    for (const [ms, sentence] of [
      [500, 'The refund has not been requested yet.'],
      [1000, 'The refund has been requested.'],
      [1500, 'The refund is being processed.'],
      [2000, 'The refund succeeded.'],
    ] as const) {
      await after(ms);
      await line.getByText(sentence).waitFor();
    }
    expect(await line.textContent()).toMatch(/^The refund succeeded\. RETREQ\w{26} $/);
    await page.clock.runFor(60_000);
    expect(asked()).toBe(4);
    expect(await faults()).toEqual([]);
  });

  test('it asks ten times within 30 seconds, and then says to ask later', async () => {
    const { page, cancel, after, asked, line } = await open(['PENDING']);
    await cancel();
    for (const ms of [500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000, 6000]) await after(ms);
    await line.getByText('Ask what remains later').waitFor();
    await page.clock.runFor(60_000);
    expect(asked()).toBe(10);
    expect(await line.textContent()).toContain('The refund is being processed.');
  });

  test('a failure has its consequence, in Korean where that is asked for', async () => {
    const { page, cancel, after, line } = await open(['FAILED']);
    await page.getByText('Keys and headers', { exact: true }).click();
    await page.getByLabel('X-System-Language').fill('ko');
    await cancel();
    await after(500);
    await line.getByText('환불이 실패했습니다. 다시 취소하지 말고').waitFor();
    expect(await line.locator('span').getAttribute('lang')).toBe('ko');
  });
});

describe('the order', () => {
  test('shows the state of each cancellation as it changes, and what does not change stays', async () => {
    const { page, choose, send, cancel, after, inOrder, line } = await open(['REQUESTED', 'PENDING', 'FAILED']);
    await cancel();
    await choose('What remains');
    await send();
    expect(await inOrder.innerText()).toBe(
      'The refund has been requested. REQUESTED since 2026-01-01T00:00:00.000Z, attempt 1',
    );
    expect(await line.textContent()).toBe('');
    const before = await page.locator('#response-body').textContent();
    for (const [ms, state] of [
      [500, 'PENDING'],
      [1000, 'FAILED'],
    ] as const) {
      await after(ms);
      await inOrder.getByText(state, { exact: true }).waitFor();
    }
    expect(await inOrder.innerText()).toContain('FAILED (ACCOUNT_CLOSED) since 2026-01-01');
    expect(await line.textContent()).toContain('The refund failed. Do not cancel again');
    expect(await page.locator('#response-body').textContent()).toBe(before);
  });

  test('is not asked for again where all is at rest', async () => {
    const { page, choose, send, asked } = await open(['SUCCEEDED']);
    await choose('What remains');
    await send();
    await page.clock.runFor(60_000);
    expect(asked()).toBe(1);
  });
});

describe('the page stops to ask', () => {
  test('when another request is sent', async () => {
    const { page, choose, send, cancel, after, asked, line } = await open(['PENDING']);
    await cancel();
    await after(500);
    await line.getByText('being processed').waitFor();
    await choose('Refusal');
    await send();
    expect(await line.textContent()).toBe('');
    await page.clock.runFor(60_000);
    expect(asked()).toBe(1);
  });

  test('when nobody looks at it', async () => {
    const { page, cancel, after, asked, line } = await open(['PENDING']);
    await cancel();
    await after(500);
    await line.getByText('being processed').waitFor();
    await hide(page);
    await page.clock.runFor(60_000);
    expect(asked()).toBe(1);
  });
});

test.each([{ colorScheme: 'light' }, { colorScheme: 'dark' }, { viewport: phone }] as const)(
  'axe finds nothing at all where executions are shown: %j',
  async (options) => {
    const { page, choose, send, cancel, line } = await open(['PENDING', 'FAILED'], options);
    await cancel();
    await choose('What remains');
    await send();
    // axe waits by the page's clock, and so does the page.
    await page.clock.resume();
    expect(await findingsIn(page, '#response')).toEqual([]);
    await line.getByText('The refund failed.').waitFor();
    expect(await findingsIn(page, '#response')).toEqual([]);
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(sideways)).toBe(0);
  },
);
