#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Searches a Broadsheet server.
//
//   node search.js 'tag:"ferry strike" after:2025-03'
//
// Prints the hits of all pages with what matched, the most frequent tags among them, and how many
// articles an export of the same search has.
import { call, errorDetails, searchService } from './broadsheet.js';

const PAGE_SIZE = 5;

async function* pagesOf(service, request) {
  for (let pageToken = ''; ;) {
    const response = await call(service, 'searchArticles', { ...request, pageToken });
    yield response;
    // An empty token is the only mark of the end: a page may hold fewer hits than asked for.
    if (!response.nextPageToken) return;
    pageToken = response.nextPageToken;
  }
}

// Text of articles comes from anywhere; this takes out what could steer a terminal.
const printable = (text) => text.replace(/\p{Cc}|\p{Cf}/gu, ' ');

// Matched segments stand between asterisks. The server sends no markup.
const highlighted = (fragment) => fragment.segments
  .map(({ text, matched }) => (matched ? `*${printable(text)}*` : printable(text))).join('');

function printHit({ article, fragments }) {
  console.log(printable(article.headline) || '(no headline)');
  console.log(`   ${article.id}`);
  for (const fragment of fragments) console.log(`   ${fragment.field}: ${highlighted(fragment)}`);
}

async function printFacet(service, query) {
  const { facets: [tags] } = await call(service, 'aggregateArticles',
    { query, facets: [{ field: 'tag', limit: 3 }] });
  for (const { value, count } of tags.values) console.log(`tag ${printable(value)}: ${count}`);
}

// A stream that breaks goes on from the last resumeToken that arrived.
async function exportAll(service, query) {
  let articles = 0;
  let resumeToken = '';
  for (;;) {
    try {
      for await (const batch of service.exportArticles({ query, resumeToken, readMask: { paths: ['id'] } })) {
        articles += batch.articles.length;
        resumeToken = batch.resumeToken || resumeToken;
      }
      return articles;
    } catch (error) {
      if (error.code !== 14 /* UNAVAILABLE */ || resumeToken === '') throw error;
    }
  }
}

function printError(error, query) {
  const details = errorDetails(error);
  // Programs branch on the reason, which never changes; the message is for people.
  const reason = details['google.rpc.ErrorInfo']?.reason ?? `code ${error.code}`;
  console.error(`${reason}: ${printable(error.details ?? error.message)}`);
  const mistake = details['broadsheet.v1.QueryError'];
  if (mistake) {
    // Offsets count bytes of the query's UTF-8 form.
    const bytes = Buffer.from(query);
    const before = bytes.subarray(0, mistake.startByte).toString();
    const wrong = bytes.subarray(mistake.startByte, mistake.endByte).toString();
    console.error(`  ${query}\n  ${' '.repeat([...before].length)}${'^'.repeat(Math.max(1, [...wrong].length))}`);
    if (mistake.hint) console.error(`  ${mistake.hint}`);
  }
  for (const { field, description } of details['google.rpc.BadRequest']?.fieldViolations ?? []) {
    console.error(`  ${field}: ${description}`);
  }
}

const query = process.argv.slice(2).join(' ');
const service = searchService(process.env.BROADSHEET_SERVER ?? '127.0.0.1:6460');
try {
  let first = true;
  for await (const { total, hits, notices } of pagesOf(service, { query, pageSize: PAGE_SIZE, sort: 'SORT_ORDER_NEWEST' })) {
    if (first) {
      const atLeast = total.relation === 'RELATION_AT_LEAST' ? 'at least ' : '';
      console.log(`${atLeast}${total.value} articles`);
      for (const { message } of notices) console.error(`note: ${message}`);
    }
    first = false;
    hits.forEach(printHit);
  }
  await printFacet(service, query);
  console.log(`exported ${await exportAll(service, query)} articles`);
} catch (error) {
  printError(error, query);
  process.exitCode = 2;
} finally {
  service.close();
}
