import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type DocumentPath, documentPaths } from '../../../../lambda/docs/document-paths.ts';
import { documentsOf } from '../../../../lambda/docs/documents.ts';
import { createDocsHandler, type StaticDocument } from '../../../../lambda/docs/handler.ts';

const commit = 'a1b2c3d4e5f6';
const handler = createDocsHandler(documentsOf(commit));
const resource = '/openapi.json';
const ask = async (httpMethod = 'GET', multiValueHeaders: Record<string, string[]> = {}) =>
  await handler({ resource, httpMethod, multiValueHeaders });
const tag = async () => String((await ask()).headers?.['ETag']);

const eachOf = (document: StaticDocument) =>
  Object.fromEntries(documentPaths.map((path) => [path, document])) as Record<DocumentPath, StaticDocument>;

test('the OpenAPI document is served as it is committed, with the commit that is deployed', async () => {
  const { statusCode, headers, body } = await ask();
  expect(statusCode).toBe(200);
  expect(headers?.['Content-Type']).toBe('application/json; charset=utf-8');
  const committed = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { readonly info: object };
  expect(JSON.parse(body)).toEqual({ ...committed, info: { ...committed.info, 'x-commit': commit } });
});

describe('a reader who comes back', () => {
  test.each([
    ['the tag', (etag: string) => [etag]],
    ['a weak tag', (etag: string) => [`W/${etag}`]],
    ['one tag of several', (etag: string) => [`"other", ${etag}`]],
    ['several lines of tags', (etag: string) => ['"other"', etag]],
    ['any', () => ['*']],
  ])('with %s gets no body again', async (_what, valuesOf) => {
    const etag = await tag();
    const { statusCode, headers, body } = await ask('GET', { 'if-none-match': valuesOf(etag) });
    expect({ statusCode, body, etag: headers?.['ETag'] }).toEqual({ statusCode: 304, body: '', etag });
  });

  test('with the tag of another version gets it whole', async () => {
    expect(await ask('GET', { 'If-None-Match': ['"other"'] })).toEqual(await ask());
  });
});

test('HEAD is GET without a body', async () => {
  expect(await ask('HEAD')).toEqual({ ...(await ask()), body: '' });
});

test('another text has another tag, and a document may have headers of its own', async () => {
  const headers = { 'Content-Security-Policy': "default-src 'none'" };
  const other = createDocsHandler(eachOf({ contentType: 'text/html; charset=utf-8', text: '<p>', headers }));
  const response = await other({ resource, httpMethod: 'GET', multiValueHeaders: {} });
  expect(response.headers).toMatchObject({ ...headers, 'Content-Type': 'text/html; charset=utf-8' });
  expect(response.headers?.['ETag']).toMatch(/^"[\w-]{22}"$/);
  expect(response.headers?.['ETag']).not.toBe(await tag());
});

test('a path without a document is an error, because the gateway has no route to it', async () => {
  const asked = handler({ resource: '/constructor', httpMethod: 'GET', multiValueHeaders: {} });
  await expect(asked).rejects.toThrow('The gateway has a route without a document.');
});

describe('the page and each file that it loads', () => {
  const ofPage = documentPaths.filter((path) => path.startsWith('/docs'));

  test.each(ofPage)('%s may run and load only what is served beside it', async (path) => {
    const { statusCode, headers } = await handler({ resource: path, httpMethod: 'GET', multiValueHeaders: {} });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'Content-Security-Policy': expect.stringContaining("default-src 'none'; script-src 'self'"),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
    });
    const policy = String(headers?.['Content-Security-Policy']);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  test.each([
    ['/docs', 'text/html'],
    ['/docs/page.css', 'text/css'],
    ['/docs/try-it.js', 'text/javascript'],
  ])('%s is %s', async (path, mediaType) => {
    const { headers } = await handler({ resource: path, httpMethod: 'GET', multiValueHeaders: {} });
    expect(headers?.['Content-Type']).toBe(`${mediaType}; charset=utf-8`);
  });

  test('are all linked relative to the page, because the path of the page begins with the stage', async () => {
    const { body } = await handler({ resource: '/docs', httpMethod: 'GET', multiValueHeaders: {} });
    const links = [...body.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links.filter((link) => /^(?:\/|[a-z]+:)/.test(link))).toEqual(['data:,']);
    const files = links.filter((link) => !/^(?:#|data:)/.test(link)).map((link) => `/${link}`);
    expect(documentPaths).toEqual(expect.arrayContaining(files));
  });
});
