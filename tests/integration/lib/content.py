# SPDX-License-Identifier: GPL-3.0-or-later
"""All that an index says to its readers, in a form that can be compared."""

from lib import api


def everything(address, queries):
    """The articles without the times at which they were indexed, their order, and what `queries`
    find, with scores: equal for two indexes of the same articles."""
    with api.connect(address) as channel:
        service = api.Service(channel)
        order = service.all_ids(filter=service.everything())
        articles = []
        for found, missing in service.batch_get(order, read_mask={"paths": ["*"]}):
            assert not missing, missing
            for article in found:
                article.ClearField("indexed_time")
                articles.append(article.SerializeToString(deterministic=True))
        return order, articles, [_ranked(service, query) for query in queries]


def _ranked(service, query):
    response = service.search(query, page_size=1000, sort=api.messages.SORT_ORDER_RELEVANCE)
    return [(hit.article.id, hit.score) for hit in response.hits]
