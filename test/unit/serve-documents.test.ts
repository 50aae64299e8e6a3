import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { handler } from '../../lambda/docs.ts';
import { createDocsHandler } from '../../lambda/serve-documents.ts';

const resource = '/openapi.json';
const ask = async (httpMethod = 'GET', multiValueHeaders: Record<string, string[]> = {}) =>
  await handler({ resource, httpMethod, multiValueHeaders });
const tag = async () => String((await ask()).headers?.['ETag']);

test('the OpenAPI document is served as it is committed', async () => {
  const { statusCode, headers, body } = await ask();
  expect(statusCode).toBe(200);
  expect(headers?.['Content-Type']).toBe('application/json; charset=utf-8');
  expect(JSON.parse(body)).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
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
  const other = createDocsHandler({ [resource]: { contentType: 'text/html; charset=utf-8', text: '<p>', headers } });
  const answer = await other({ resource, httpMethod: 'GET', multiValueHeaders: {} });
  expect(answer.headers).toMatchObject({ ...headers, 'Content-Type': 'text/html; charset=utf-8' });
  expect(answer.headers?.['ETag']).toMatch(/^"[\w-]{22}"$/);
  expect(answer.headers?.['ETag']).not.toBe(await tag());
});

test('a path without a document is an error, because the gateway has no route to it', async () => {
  const asked = handler({ resource: '/constructor', httpMethod: 'GET', multiValueHeaders: {} });
  await expect(asked).rejects.toThrow('The gateway has a route to no document.');
});
