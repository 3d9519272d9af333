// SPDX-License-Identifier: Apache-2.0
// What programs that speak to a Broadsheet server share: a client of each service, and the reasons
// of errors.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const PROTO = process.env.BROADSHEET_PROTO
  ?? resolve(dirname(fileURLToPath(import.meta.url)), '../../proto');

const DEADLINE_MS = 10_000;

// Every method of SearchService only reads and may be repeated. UNAVAILABLE is no connection, or a
// server that has no index open yet; RESOURCE_EXHAUSTED is a server with too much to do.
const SERVICE_CONFIG = JSON.stringify({
  methodConfig: [{
    name: [{ service: 'broadsheet.v1.SearchService' }],
    retryPolicy: {
      maxAttempts: 4,
      initialBackoff: '0.2s',
      maxBackoff: '2s',
      backoffMultiplier: 2,
      retryableStatusCodes: ['UNAVAILABLE', 'RESOURCE_EXHAUSTED'],
    },
  }],
});

// Names become lowerCamelCase, as in protobuf's JSON; enums are their names; what is not set has its
// default, but for messages, which are null. A Timestamp is {seconds, nanos} and a FieldMask
// {paths: [...]}, where protobuf's JSON has texts. A mistyped enum is taken for its default, so
// check what comes from people first.
const LOADING = { includeDirs: [PROTO], longs: Number, enums: String, defaults: true, oneofs: true };

const { broadsheet } = grpc.loadPackageDefinition(protoLoader.loadSync(
  ['broadsheet/v1/search_service.proto', 'broadsheet/v1/article_service.proto'], LOADING));

function connect(service, address) {
  return new service(address, grpc.credentials.createInsecure(), {
    'grpc.service_config': SERVICE_CONFIG,
    // A page of 1000 articles with their bodies is larger than gRPC's default of 4 MiB.
    'grpc.max_receive_message_length': 64 << 20,
  });
}

export const searchService = (address) => connect(broadsheet.v1.SearchService, address);
export const articleService = (address) => connect(broadsheet.v1.ArticleService, address);

// Calls a method with one request and one response. Every call has a deadline.
export function call(service, method, request) {
  return new Promise((done, failed) => {
    service[method](request, { deadline: Date.now() + DEADLINE_MS },
      (error, response) => (error ? failed(error) : done(response)));
  });
}

const details = new protobuf.Root();
details.resolvePath = (_, path) => join(PROTO, path);
details.loadSync(['google/rpc/status.proto', 'google/rpc/error_details.proto',
  'broadsheet/v1/search_service.proto']);

// The details of an error by the names of their types: {'google.rpc.ErrorInfo': {reason, ...}, ...}.
export function errorDetails(error) {
  const [packed] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (packed === undefined) return {};
  const found = {};
  for (const { type_url: url, value } of
    details.lookupType('google.rpc.Status').decode(packed).details) {
    const name = url.split('/').pop();
    const type = details.lookup(name);
    if (type) found[name] = type.decode(value);
  }
  return found;
}
