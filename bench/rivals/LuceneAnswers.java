// SPDX-License-Identifier: GPL-3.0-or-later
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;

/**
 * What Lucene answers to the queries that Peer times, on the index that Peer filled: a line a query,
 * the number of articles that match, a tab, the ids of the first ten.
 *
 * <p>LuceneAnswers INDEX and|or|phrase QUERIES. In Peer's package, since it asks Peer's queries.
 */
class LuceneAnswers {
  public static void main(String[] arguments) throws Exception {
    int kind = java.util.List.of("and", "or", "phrase").indexOf(arguments[1]);
    EnglishAnalyzer analyzer = new EnglishAnalyzer();
    try (DirectoryReader reader =
        DirectoryReader.open(new MMapDirectory(Path.of(arguments[0])))) {
      IndexSearcher searcher = new IndexSearcher(reader);
      for (String line : Files.readAllLines(Path.of(arguments[2]))) {
        Query query = Peer.q(line, kind, analyzer);
        StringJoiner ids = new StringJoiner(" ");
        for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) {
          ids.add(searcher.doc(hit.doc).get("id"));
        }
        System.out.println(searcher.count(query) + "\t" + ids);
      }
    }
  }
}
