import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page, type Request } from 'playwright-core';
import { cancelPath, detailPath } from '../../lambda/contract/paths.ts';

export interface OpenPage {
  readonly page: Page;
  /** All that the page has asked for so far. */
  readonly requests: readonly Request[];
  /** What its own policy kept it from, and the errors of its scripts. */
  faults(): Promise<readonly string[]>;
  /** Chooses an example by its label. */
  choose(example: string): Promise<void>;
  /** Sends the request, and waits until its response is shown. */
  send(act?: () => Promise<void>): Promise<void>;
  outcome(): Promise<string>;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @throws Error saying what to install where there is no Chromium */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const isRoot = process.getuid?.() === 0;
  try {
    return await chromium.launch({ executablePath, args: [...(isRoot ? ['--no-sandbox'] : []), ...args] });
  } catch (cause) {
    throw new Error(`No browser starts at ${executablePath}: apt-get install chromium, or set CHROMIUM.`, { cause });
  }
}

/** The page in a context of its own: nothing of another test is stored there. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: Request[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // To the browser a refusal is a resource that failed, to the page it is a response.
    const isRefusal = isOfApi(message.location().url);
    if (['error', 'warning'].includes(message.type()) && !isRefusal) errors.push(message.text());
  });
  await page.addInitScript(
    "globalThis.faults = []; addEventListener('securitypolicyviolation', (fault) => faults.push(fault.violatedDirective));",
  );
  await page.goto(`${url}/docs`);
  await page.locator('#request[data-ready]').waitFor();

  return {
    page,
    requests,
    async faults() {
      return [...errors, ...(await page.evaluate<string[]>('faults'))];
    },
    async choose(example) {
      await page.getByText(example, { exact: true }).and(page.locator('label')).click();
    },
    async send(act = async () => await page.getByRole('button', { name: 'Sign and send' }).click()) {
      // Not the next response: the page asks by itself what became of the last cancellation.
      const body = page.locator('#response-body');
      const [, hasNotText = 'none yet'] = /"requestId": "([^"]+)"/.exec((await body.textContent()) ?? '') ?? [];
      await act();
      await body.filter({ hasText: '"requestId"', hasNotText }).waitFor();
    },
    async outcome() {
      return (await page.getByRole('status').textContent()) ?? '';
    },
  };
}

function isOfApi(url: string): boolean {
  return url.endsWith(cancelPath) || url.endsWith(detailPath);
}

/** What axe finds that is serious or worse, with the places. */
export async function seriousFindings(page: Page): Promise<string[]> {
  return (await violationsIn(page, 'html'))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(textOf);
}

/** All that axe finds in a part of the page, with the places. */
export async function findingsIn(page: Page, selector: string): Promise<string[]> {
  return (await violationsIn(page, selector)).map(textOf);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: ReadonlyArray<{ readonly target: readonly string[] }>;
}

async function violationsIn(page: Page, selector: string): Promise<readonly Violation[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(`axe.run('${selector}')`);
  return violations;
}

function textOf({ id, nodes }: Violation): string {
  return `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`;
}
