// SPDX-License-Identifier: Apache-2.0
// Searches and feeds a Broadsheet server: an example client to copy from.
//
//   examples/java/build OUT
//   OUT/search 127.0.0.1:6460 'tag:"ferry strike" after:2025-03'
//   OUT/search 127.0.0.1:6460 --put a-1 'A headline' 'The text.'
//
// It shows what a back-end service needs: one channel that retries what may be retried, a deadline on
// every call, all pages of an answer, what matched, counts by a field, an export as a stream, writes,
// and errors that carry their reason and, for a query, the place of the mistake.
import broadsheet.v1.AggregateArticlesRequest;
import broadsheet.v1.AggregateArticlesResponse;
import broadsheet.v1.Article;
import broadsheet.v1.ArticleServiceGrpc;
import broadsheet.v1.ExportArticlesRequest;
import broadsheet.v1.ExportArticlesResponse;
import broadsheet.v1.FacetRequest;
import broadsheet.v1.Fragment;
import broadsheet.v1.Hit;
import broadsheet.v1.ImportArticlesRequest;
import broadsheet.v1.ImportArticlesResponse;
import broadsheet.v1.PutArticleRequest;
import broadsheet.v1.PutArticleResponse;
import broadsheet.v1.QueryError;
import broadsheet.v1.SearchArticlesRequest;
import broadsheet.v1.SearchArticlesResponse;
import broadsheet.v1.SearchServiceGrpc;
import broadsheet.v1.Segment;
import broadsheet.v1.SortOrder;
import broadsheet.v1.Total;
import broadsheet.v1.ValueCount;
import com.google.protobuf.Any;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

public final class Search {
  private static final int DEADLINE_SECONDS = 10;
  private static final int PAGE_SIZE = 5;

  // The details of an error; grpc-protobuf has a reader of its own, which needs Google's classes.
  private static final Metadata.Key<com.google.rpc.Status> DETAILS =
      Metadata.Key.of("grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

  // Every method of SearchService only reads and may be repeated. UNAVAILABLE is no connection, or a
  // server that has no index open yet; RESOURCE_EXHAUSTED is a server with too much to do.
  private static final Map<String, ?> SERVICE_CONFIG = Map.of("methodConfig", List.of(Map.of(
      "name", List.of(Map.of("service", "broadsheet.v1.SearchService")),
      "retryPolicy", Map.of(
          "maxAttempts", 4.0, "initialBackoff", "0.2s", "maxBackoff", "2s",
          "backoffMultiplier", 2.0,
          "retryableStatusCodes", List.of("UNAVAILABLE", "RESOURCE_EXHAUSTED")))));

  private final SearchServiceGrpc.SearchServiceBlockingStub searches;
  private final ArticleServiceGrpc.ArticleServiceBlockingStub writes;
  private final ArticleServiceGrpc.ArticleServiceStub streams;

  private Search(ManagedChannel channel) {
    searches = SearchServiceGrpc.newBlockingStub(channel);
    writes = ArticleServiceGrpc.newBlockingStub(channel);
    streams = ArticleServiceGrpc.newStub(channel);
  }

  public static void main(String[] arguments) throws InterruptedException {
    ManagedChannel channel = NettyChannelBuilder.forTarget(arguments[0])
        .usePlaintext()
        .enableRetry()
        .defaultServiceConfig(SERVICE_CONFIG)
        // A page of 1000 articles with their bodies is larger than gRPC's default of 4 MiB.
        .maxInboundMessageSize(64 << 20)
        .build();
    int status = 0;
    try {
      Search search = new Search(channel);
      if (arguments[1].equals("--put")) {
        search.put(Article.newBuilder().setId(arguments[2]).setHeadline(arguments[3])
            .setBody(arguments[4]).build());
      } else {
        search.search(arguments[1]);
      }
    } catch (StatusRuntimeException error) {
      printError(error);
      status = 2;
    } finally {
      channel.shutdown().awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
    System.exit(status);
  }

  private SearchServiceGrpc.SearchServiceBlockingStub inTime() {
    return searches.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private void search(String query) {
    SearchArticlesRequest.Builder request = SearchArticlesRequest.newBuilder()
        .setQuery(query).setPageSize(PAGE_SIZE).setSort(SortOrder.SORT_ORDER_NEWEST);
    SearchArticlesResponse page = inTime().searchArticles(request.build());
    boolean atLeast = page.getTotal().getRelation() == Total.Relation.RELATION_AT_LEAST;
    System.out.println((atLeast ? "at least " : "") + page.getTotal().getValue() + " articles");
    page.getNoticesList().forEach(notice -> System.err.println("note: " + notice.getMessage()));
    page.getHitsList().forEach(Search::printHit);
    // An empty token is the only mark of the end: a page may hold fewer hits than asked for.
    while (!page.getNextPageToken().isEmpty()) {
      page = inTime().searchArticles(request.setPageToken(page.getNextPageToken()).build());
      page.getHitsList().forEach(Search::printHit);
    }
    printTags(query);
    System.out.println("exported " + export(query) + " articles");
  }

  private static void printHit(Hit hit) {
    String headline = printable(hit.getArticle().getHeadline());
    System.out.println(headline.isEmpty() ? "(no headline)" : headline);
    System.out.println("   " + hit.getArticle().getId());
    for (Fragment fragment : hit.getFragmentsList()) {
      System.out.println("   " + fragment.getField() + ": " + fragment.getSegmentsList().stream()
          .map(Search::highlighted).collect(Collectors.joining()));
    }
  }

  // Matched segments stand between asterisks. The server sends no markup.
  private static String highlighted(Segment segment) {
    String text = printable(segment.getText());
    return segment.getMatched() ? "*" + text + "*" : text;
  }

  // Text of articles comes from anywhere; this takes out what could steer a terminal.
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }

  private void printTags(String query) {
    AggregateArticlesResponse counted = inTime().aggregateArticles(AggregateArticlesRequest.newBuilder()
        .setQuery(query).addFacets(FacetRequest.newBuilder().setField("tag").setLimit(3)).build());
    for (ValueCount value : counted.getFacets(0).getValuesList()) {
      System.out.println("tag " + printable(value.getValue()) + ": " + value.getCount());
    }
  }

  // A stream that breaks goes on from the last resume token that arrived.
  private int export(String query) {
    ExportArticlesRequest.Builder request = ExportArticlesRequest.newBuilder().setQuery(query)
        .setReadMask(FieldMask.newBuilder().addPaths("id"));
    int articles = 0;
    while (true) {
      String from = request.getResumeToken();
      try {
        Iterator<ExportArticlesResponse> batches = searches.exportArticles(request.build());
        while (batches.hasNext()) {
          ExportArticlesResponse batch = batches.next();
          articles += batch.getArticlesCount();
          if (!batch.getResumeToken().isEmpty()) request.setResumeToken(batch.getResumeToken());
        }
        return articles;
      } catch (StatusRuntimeException error) {
        boolean gotOn = !request.getResumeToken().equals(from);
        if (error.getStatus().getCode() != Status.Code.UNAVAILABLE || !gotOn) throw error;
      }
    }
  }

  // One article as a call of its own, and once more as a stream of one.
  private void put(Article article) {
    PutArticleResponse put = writes.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .putArticle(PutArticleRequest.newBuilder().setArticle(article).build());
    System.out.println(put.getId() + ": " + put.getOutcome());
    CompletableFuture<Void> ended = new CompletableFuture<>();
    StreamObserver<ImportArticlesRequest> stream = streams.importArticles(new StreamObserver<>() {
      // An article that was acknowledged is on disk.
      @Override public void onNext(ImportArticlesResponse acknowledged) {
        System.out.println(acknowledged.getSequence() + ": " + acknowledged.getResult().getOutcome());
      }
      @Override public void onError(Throwable error) { ended.completeExceptionally(error); }
      @Override public void onCompleted() { ended.complete(null); }
    });
    stream.onNext(ImportArticlesRequest.newBuilder().setSequence(1).setArticle(article).build());
    stream.onCompleted();
    ended.join();
  }

  // Programs branch on the reason, which never changes; the message is for people.
  private static void printError(StatusRuntimeException error) {
    String reason = error.getStatus().getCode().name();
    String place = "";
    com.google.rpc.Status details =
        error.getTrailers() == null ? null : error.getTrailers().get(DETAILS);
    try {
      for (Any detail : details == null ? List.<Any>of() : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) reason = detail.unpack(ErrorInfo.class).getReason();
        if (!detail.is(QueryError.class)) continue;
        QueryError mistake = detail.unpack(QueryError.class);
        place = "bytes " + mistake.getStartByte() + " to " + mistake.getEndByte() + ": "
            + (mistake.getHint().isEmpty() ? "" : mistake.getHint() + "; ");
      }
    } catch (InvalidProtocolBufferException unreadable) {
      place = "(details cannot be read) ";
    }
    System.err.println(reason + ": " + place + printable(error.getStatus().getDescription()));
  }
}
