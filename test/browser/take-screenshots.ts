import { fileURLToPath } from 'node:url';
import { startLocal } from '../support/start-local.ts';
import { launchBrowser, openPage } from './open-page.ts';

const desktop = { width: 1000, height: 900 };
const phone = { width: 360, height: 760 };

// npm run screenshots: the pictures of the README. They show what npm start serves.
const local = await startLocal();
const browser = await launchBrowser();
try {
  const light = { viewport: desktop, colorScheme: 'light' } as const;
  await take('docs-page', ['Full order cancellation'], light);
  await take('docs-page-refusal', ['Refusal'], { viewport: desktop, colorScheme: 'dark' });
  await take(
    'docs-page-order',
    ['Partial cancellation by amount', 'What remains'],
    light,
    'form > fieldset + fieldset',
  );
  await take('docs-page-phone', ['Replay'], { viewport: phone, colorScheme: 'light' }, 'label[for=body-text]');
} finally {
  await browser.close();
  await local.interrupt();
}

/**
 * @param examples sent one after the other; the picture shows the last one's response
 * @param from the element at the top of the picture; without one, the page's beginning
 */
async function take(
  name: string,
  examples: readonly string[],
  options: { viewport: typeof phone; colorScheme: 'light' | 'dark' },
  from?: string,
): Promise<void> {
  const { page, choose, send } = await openPage(browser, local.url, { ...options, reducedMotion: 'reduce' });
  for (const example of examples) {
    await choose(example);
    await send();
    // What a newcomer sees a moment later.
    if (example !== 'Refusal')
      await page
        .getByText(/^The refund succeeded/)
        .first()
        .waitFor();
  }
  await page.evaluate(from === undefined ? 'scrollTo(0, 0)' : `document.querySelector('${from}').scrollIntoView()`);
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/${name}.png`, import.meta.url)) });
}
