#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Searches a Broadsheet server: an example client to copy from.

    examples/python/generate
    examples/python/search.py ferry strike
    examples/python/search.py 'tag:"ferry strike" after:2025-03' --sort newest
    examples/python/search.py --all date:none
    examples/python/search.py --get ht-2025-03-03-crews-vote

It shows what a back-end service needs: one channel that retries what may be retried, a deadline on
every call, all pages of an answer, highlights, dates as the source stated them, and errors that
carry their reason and, for a query, the place of the mistake.
"""

import argparse
import datetime
import json
import os
import pathlib
import sys
import unicodedata

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "generated"))
try:
    from broadsheet.v1 import article_pb2, search_service_pb2, search_service_pb2_grpc
    from google.rpc import error_details_pb2, status_pb2
except ModuleNotFoundError as missing:
    sys.exit(f"{missing}; run examples/python/generate first")

DEADLINE_SECONDS = 10

# Every method of SearchService only reads and may be repeated. UNAVAILABLE is no connection, or a
# server that has no index open yet; RESOURCE_EXHAUSTED is a server with too much to do. gRPC waits
# with growing, random pauses between the attempts, and never beyond the call's deadline.
SERVICE_CONFIG = json.dumps(
    {
        "methodConfig": [
            {
                "name": [{"service": "broadsheet.v1.SearchService"}],
                "retryPolicy": {
                    "maxAttempts": 4,
                    "initialBackoff": "0.2s",
                    "maxBackoff": "2s",
                    "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
                },
            }
        ]
    }
)
# A page of 1000 articles with their bodies is larger than gRPC's default of 4 MiB.
MAX_RESPONSE_BYTES = 64 * 1024 * 1024

SORT_ORDERS = {
    "relevance": search_service_pb2.SORT_ORDER_RELEVANCE,
    "newest": search_service_pb2.SORT_ORDER_NEWEST,
    "oldest": search_service_pb2.SORT_ORDER_OLDEST,
}


def open_channel(address):
    """Opens a channel; a service opens one when it starts and shares it between its threads."""
    return grpc.insecure_channel(
        address,
        options=[
            ("grpc.service_config", SERVICE_CONFIG),
            ("grpc.max_receive_message_length", MAX_RESPONSE_BYTES),
        ],
    )


def search_pages(service, request):
    """Yields one SearchArticlesResponse a page, until the last."""
    page = search_service_pb2.SearchArticlesRequest()
    page.CopyFrom(request)
    while True:
        response = service.SearchArticles(page, timeout=DEADLINE_SECONDS)
        yield response
        # An empty token is the only mark of the end: a page may hold fewer hits than asked for.
        if not response.next_page_token:
            return
        page.page_token = response.next_page_token


def error_details(error):
    """Returns the details of a grpc.RpcError by their message type; {} when it carries none."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            details = {}
            for packed in status_pb2.Status.FromString(value).details:
                for detail_type in (
                    error_details_pb2.ErrorInfo,
                    error_details_pb2.BadRequest,
                    error_details_pb2.RetryInfo,
                    search_service_pb2.QueryError,
                ):
                    detail = detail_type()
                    if packed.Unpack(detail):
                        details[detail_type] = detail
            return details
    return {}


def printable(text):
    """Takes out what could steer a terminal: text of articles comes from anywhere."""
    return "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)


def highlighted(segments):
    """Joins the segments of a fragment, matched ones in bold, or between asterisks in a file."""
    start, end = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("*", "*")
    return "".join(
        start + printable(segment.text) + end if segment.matched else printable(segment.text)
        for segment in segments
    )


def published(article):
    """Returns the publication date as far as the source stated it, in the source's own time."""
    if not article.HasField("published_time"):
        return "undated"
    offset = datetime.timedelta(minutes=article.published_offset_minutes)
    local = article.published_time.ToDatetime() + offset
    precision = article.published_precision
    if precision == article_pb2.DATE_PRECISION_YEAR:
        return f"{local.year:04}"
    if precision == article_pb2.DATE_PRECISION_MONTH:
        return f"{local.year:04}-{local.month:02}"
    if precision == article_pb2.DATE_PRECISION_DAY:
        return local.date().isoformat()
    minute = local.isoformat(sep=" ", timespec="minutes")
    if precision == article_pb2.DATE_PRECISION_NO_ZONE:
        return minute
    sign = "-" if offset < datetime.timedelta() else "+"
    hours, minutes = divmod(abs(article.published_offset_minutes), 60)
    return f"{minute} {sign}{hours:02}:{minutes:02}"


def print_hit(number, hit):
    article = hit.article
    headline = printable(article.headline) or "(no headline)"
    for fragment in hit.fragments:
        # A headline short enough to be shown whole is shown with its matches.
        if fragment.field == "headline" and not (fragment.clipped_start or fragment.clipped_end):
            headline = highlighted(fragment.segments)
    names = ", ".join(byline.name for byline in article.bylines)
    about = [published(article), article.source, names, article.id]
    print(f"{number}. {headline}")
    print("   " + " | ".join(printable(item) for item in about if item))
    for fragment in hit.fragments:
        if fragment.field != "headline":
            before = "..." if fragment.clipped_start else ""
            after = "..." if fragment.clipped_end else ""
            print(f"   {fragment.field}: {before}{highlighted(fragment.segments)}{after}")
    print()


def print_answer(response):
    """Prints what holds for all pages: how many there are, and what the server has to say."""
    at_least = response.total.relation == search_service_pb2.Total.RELATION_AT_LEAST
    print(f"{'at least ' if at_least else ''}{response.total.value} articles\n")
    for notice in response.notices:
        print(f"note: {notice.message}", file=sys.stderr)
    if response.suggested_query:
        print(f"note: did you mean {response.suggested_query} ?", file=sys.stderr)


def print_article(article):
    print(printable(article.headline) or "(no headline)")
    names = ", ".join(byline.name for byline in article.bylines)
    about = [published(article), article.source, names]
    print(" | ".join(printable(item) for item in about if item))
    for text in (article.summary, article.body):
        for line in text.split("\n") if text else ():
            print(printable(line))
    for caption in article.captions:
        print(printable(f"[{caption.text}] {caption.credit}".rstrip()))
    if article.tags:
        print(printable("tags: " + ", ".join(article.tags)))


def columns(text):
    """How many columns of a terminal `text` takes: ideographs take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def print_error(error, query):
    """Says what went wrong, and for a mistake in the query where, with a caret under it."""
    details = error_details(error)
    info = details.get(error_details_pb2.ErrorInfo)
    # Programs branch on the reason, which never changes; the message is for people.
    reason = info.reason if info else error.code().name
    print(f"{reason}: {printable(error.details() or '')}", file=sys.stderr)

    mistake = details.get(search_service_pb2.QueryError)
    if mistake:
        # Offsets count bytes of the query's UTF-8 form, not characters.
        utf8 = query.encode()
        before = printable(utf8[: mistake.start_byte].decode(errors="replace"))
        wrong = printable(utf8[mistake.start_byte : mistake.end_byte].decode(errors="replace"))
        print(f"  {printable(query)}", file=sys.stderr)
        print(f"  {' ' * columns(before)}{'^' * max(1, columns(wrong))}", file=sys.stderr)
        if mistake.hint:
            print(f"  {printable(mistake.hint)}", file=sys.stderr)
        if mistake.suggested_query:
            print(f"  try: {printable(mistake.suggested_query)}", file=sys.stderr)
        return
    bad_request = details.get(error_details_pb2.BadRequest)
    for violation in bad_request.field_violations if bad_request else ():
        print(f"  {violation.field}: {printable(violation.description)}", file=sys.stderr)
    retry = details.get(error_details_pb2.RetryInfo)
    if retry:
        seconds = retry.retry_delay.ToTimedelta().total_seconds()
        print(f"  try again in {seconds:g} s", file=sys.stderr)


def parse_arguments():
    parser = argparse.ArgumentParser(description="Searches a Broadsheet server.")
    parser.add_argument("query", nargs="*", help="words of the query, joined with spaces")
    parser.add_argument("--server", default=os.environ.get("BROADSHEET_SERVER", "127.0.0.1:6460"))
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="hits a page (10)")
    parser.add_argument("--all", action="store_true", help="all pages, not only the first")
    parser.add_argument("--sort", choices=SORT_ORDERS, help="default: relevance; newest with --all")
    parser.add_argument("--time-zone", default="", metavar="ZONE", help="of dates in the query")
    parser.add_argument("--get", metavar="ID", help="print one article in full")
    arguments = parser.parse_args()
    if bool(arguments.query) == bool(arguments.get):
        parser.error("give either a query or --get ID")
    return arguments


def run(service, arguments):
    """Returns the exit status: 0 for hits, 1 for none."""
    if arguments.get:
        request = search_service_pb2.GetArticleRequest(id=arguments.get)
        print_article(service.GetArticle(request, timeout=DEADLINE_SECONDS))
        return 0

    # Pages by relevance end at 10,000 hits and with the index they began on; pages by date do not.
    sort = arguments.sort or ("newest" if arguments.all else "relevance")
    request = search_service_pb2.SearchArticlesRequest(
        query=" ".join(arguments.query),
        page_size=arguments.limit,
        sort=SORT_ORDERS[sort],
        time_zone=arguments.time_zone,
    )
    # Only what is printed: the less a page carries, the sooner it is there.
    request.read_mask.paths.extend(
        [
            "headline",
            "bylines",
            "source",
            "published_time",
            "published_precision",
            "published_offset_minutes",
        ]
    )
    number = 0
    for response in search_pages(service, request):
        if number == 0:
            print_answer(response)
        for hit in response.hits:
            number += 1
            print_hit(number, hit)
        if not arguments.all:
            break
    return 0 if number > 0 else 1


def main():
    arguments = parse_arguments()
    with open_channel(arguments.server) as channel:
        try:
            return run(search_service_pb2_grpc.SearchServiceStub(channel), arguments)
        except grpc.RpcError as error:
            print_error(error, " ".join(arguments.query))
            return 2


if __name__ == "__main__":
    sys.exit(main())
