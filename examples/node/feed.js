#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Feeds a writable Broadsheet server: one article as a call of its own, many as a stream.
//
//   node feed.js articles.jsonl     # one object a line: {"id": "a1", "headline": "...", "body": "..."}
//
// Lines are Articles in protobuf's JSON, without times (see LOADING in broadsheet.js).
import { readFileSync } from 'node:fs';

import { articleService, call, errorDetails } from './broadsheet.js';

// Sends all, and reads the acknowledgements as they come: an article that was acknowledged is on disk.
function importAll(service, articles) {
  return new Promise((done, failed) => {
    const outcomes = new Map();
    const stream = service.importArticles();
    stream.on('data', ({ sequence, result }) => outcomes.set(sequence, result));
    stream.on('error', failed);
    stream.on('end', () => done(outcomes));
    (async () => {
      for (const [i, article] of articles.entries()) {
        // false = enough is under way; the server takes more once it has written some.
        if (!stream.write({ sequence: i + 1, article })) {
          await new Promise((ready) => { stream.once('drain', ready); });
        }
      }
      stream.end();
    })();
  });
}

const articles = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const service = articleService(process.env.BROADSHEET_SERVER ?? '127.0.0.1:6460');
try {
  const { id, outcome } = await call(service, 'putArticle', { article: articles[0] });
  console.log(`${id}: ${outcome}`);
  for (const [sequence, result] of await importAll(service, articles)) {
    if (!result.status) {
      console.log(`line ${sequence}: ${result.id} ${result.outcome}`);
    } else {
      console.error(`line ${sequence}: ${result.reason}: ${result.status.message}`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  console.error(`${errorDetails(error)['google.rpc.ErrorInfo']?.reason ?? `code ${error.code}`}: ${error.details}`);
  process.exitCode = 2;
} finally {
  service.close();
}
