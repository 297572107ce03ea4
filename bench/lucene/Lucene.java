import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene as a peer: builds an index from the TSV of passages and answers
 * questions, one a line, with the same full answer as the others.
 *
 *   java Lucene build TSV DIR THREADS OFFSETS
 *   java Lucene serve DIR CLIENTS
 *
 * OFFSETS "offsets" keeps them in the postings, so that the highlighter need
 * not cut the texts anew; the index is larger then.
 */
public class Lucene {
  static final String[] FACETS = {"year", "county", "topic"};
  static final int PAGE = 10, ALL_VALUES = 4000;

  public static void main(String[] args) throws Exception {
    if (args[0].equals("build")) {
      build(Paths.get(args[1]), Paths.get(args[2]), Integer.parseInt(args[3]), args[4].equals("offsets"));
    } else {
      new Lucene(Paths.get(args[1])).serve(Integer.parseInt(args[2]));
    }
  }

  static FacetsConfig facetsConfig() {
    FacetsConfig config = new FacetsConfig();
    for (String name : FACETS) {
      config.setIndexFieldName(name, "facet_" + name);
    }
    return config;
  }

  static void build(Path tsv, Path dir, int threads, boolean offsets) throws Exception {
    FieldType body = new FieldType(TextField.TYPE_STORED);
    if (offsets) {
      body.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    }
    FacetsConfig facets = facetsConfig();
    IndexWriterConfig config = new IndexWriterConfig(new CJKAnalyzer()).setRAMBufferSizeMB(128);
    try (Directory directory = MMapDirectory.open(dir);
        IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader lines = Files.newBufferedReader(tsv, StandardCharsets.UTF_8)) {
      BlockingQueue<String> queue = new ArrayBlockingQueue<>(1000);
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<java.util.concurrent.Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> {
          for (String line = queue.take(); !line.isEmpty(); line = queue.take()) {
            writer.addDocument(facets.build(document(line, body)));
          }
          return null;
        }));
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        queue.put(line);
      }
      for (int i = 0; i < threads; i++) {
        queue.put("");
      }
      for (java.util.concurrent.Future<?> f : running) {
        f.get();
      }
      pool.shutdown();
      writer.commit();
      // The others end with one segment too; the harness tells the two costs apart.
      System.out.println("indexed");
      writer.forceMerge(1);
    }
  }

  /** The columns of the TSV: document, number, code, county, year, topic, kind, title, text. */
  static Document document(String line, FieldType body) {
    String[] f = line.split("\t");
    Document doc = new Document();
    doc.add(new Field("text", f[8], body));
    doc.add(new TextField("title", f[7], Field.Store.YES));
    doc.add(new StringField("kind", f[6], Field.Store.YES));
    String[] values = {f[4], f[3], f[5]};
    for (int i = 0; i < FACETS.length; i++) {
      doc.add(new StringField(FACETS[i], values[i], Field.Store.NO));
      doc.add(new SortedSetDocValuesFacetField(FACETS[i], values[i]));
    }
    return doc;
  }

  final DirectoryReader reader;
  final IndexSearcher searcher;
  final Analyzer analyzer = new CJKAnalyzer();
  final QueryBuilder builder = new QueryBuilder(analyzer);
  final SortedSetDocValuesReaderState[] states = new SortedSetDocValuesReaderState[FACETS.length];
  final PrintStream out = new PrintStream(System.out, true, "UTF-8");

  Lucene(Path dir) throws IOException {
    reader = DirectoryReader.open(MMapDirectory.open(dir));
    searcher = new IndexSearcher(reader);
    for (int i = 0; i < FACETS.length; i++) {
      states[i] = new DefaultSortedSetDocValuesReaderState(reader, "facet_" + FACETS[i]);
    }
  }

  void serve(int clients) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    Semaphore slots = new Semaphore(clients);
    out.println("ready");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String question = line;
      slots.acquire();
      pool.execute(() -> {
        String answer;
        String id = question.substring(0, question.indexOf('\t'));
        try {
          answer = id + "\t" + answer(question);
        } catch (Exception e) {
          answer = id + "\terror\t" + e;
        } finally {
          slots.release();
        }
        synchronized (out) {
          out.println(answer);
        }
      });
    }
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.MINUTES);
  }

  String answer(String line) throws IOException {
    String[] parts = line.split("\t", -1);
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : parts[1].split(" ")) {
      // A character by itself is a term only where it stands alone.
      Query q = word.codePointCount(0, word.length()) == 1
          ? new PrefixQuery(new Term("text", word)) : builder.createPhraseQuery("text", word);
      all.add(q, BooleanClause.Occur.MUST);
    }
    Query words = all.build();
    for (String filter : parts[2].isEmpty() ? new String[0] : parts[2].split(";")) {
      int at = filter.indexOf('=');
      all.add(new TermQuery(new Term(filter.substring(0, at), filter.substring(at + 1))), BooleanClause.Occur.FILTER);
    }
    TopScoreDocCollector top = TopScoreDocCollector.create(PAGE, Integer.MAX_VALUE);
    FacetsCollector hits = new FacetsCollector();
    searcher.search(all.build(), MultiCollector.wrap(top, hits));
    TopDocs best = top.topDocs();
    int snippets = 0;
    UnifiedHighlighter highlighter = new UnifiedHighlighter(searcher, analyzer);
    for (String s : highlighter.highlight("text", words, best)) {
      snippets += s == null ? 0 : s.getBytes(StandardCharsets.UTF_8).length;
    }
    StringBuilder answer = new StringBuilder();
    answer.append(best.totalHits.value).append('\t').append(best.scoreDocs.length).append('\t').append(snippets);
    for (int i = 0; i < FACETS.length; i++) {
      answer.append('\t').append(counts(states[i], hits, FACETS[i]));
    }
    return answer.toString();
  }

  /** Counts every value of a facet: how many there are, their sum, the sum of their squares. */
  static String counts(SortedSetDocValuesReaderState state, FacetsCollector hits, String name) throws IOException {
    Facets facets = new SortedSetDocValuesFacetCounts(state, hits);
    FacetResult result = facets.getTopChildren(ALL_VALUES, name);
    long values = 0, sum = 0, squares = 0;
    if (result != null) {
      for (LabelAndValue v : result.labelValues) {
        long n = v.value.longValue();
        values++;
        sum += n;
        squares += n * n;
      }
    }
    return values + " " + sum + " " + squares;
  }
}
