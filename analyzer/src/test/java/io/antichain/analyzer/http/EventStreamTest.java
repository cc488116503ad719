package io.antichain.analyzer.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.schemas.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class EventStreamTest {
    private final FilledView view = new FilledView(20_000);
    private AnalyzerServer server;
    private Calls calls;

    /** One message of the stream. */
    private record Told(String id, String name, JsonNode data) {
        static Told next(BufferedReader lines) throws IOException {
            String id = lines.readLine();
            String name = lines.readLine();
            String data = lines.readLine();
            assertThat(lines.readLine()).isEmpty();
            return new Told(
                    id.replaceFirst("id: ", ""),
                    name.replaceFirst("event: ", ""),
                    Calls.parsed(data.replaceFirst("data: ", "")));
        }

        /** So many that are no summaries. */
        static List<Told> news(BufferedReader lines, int count) throws IOException {
            List<Told> news = new ArrayList<>();
            while (news.size() < count) {
                Told told = next(lines);
                if (!told.name.equals("summary")) {
                    news.add(told);
                }
            }
            return news;
        }

        String what() {
            return name.equals("event")
                    ? data.get("dot").asText()
                    : data.path("id").asText(name);
        }
    }

    @BeforeEach
    void start() {
        AnalyzerStatus status = new AnalyzerStatus(
                Scope.KEY,
                List.of(),
                Instant.now(),
                Optional::empty,
                () -> 0,
                List::of,
                TreeMap::new,
                TreeMap::new,
                () -> "");
        server = view.served(status);
        calls = new Calls(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void newEventsAndConflictsAreToldAsTheyCome() throws IOException {
        tell("a", 1);
        try (BufferedReader lines = calls.lines("/stream")) {
            assertThat(Told.next(lines).name()).isEqualTo("summary");
            tell("b", 1);
            assertThat(Told.news(lines, 2)).extracting(Told::what).containsExactly("b:1", "key/b:1");
            tell("c", 1);
            assertThat(Told.news(lines, 2)).extracting(Told::what).containsExactly("c:1", "key/c:1");
        }
    }

    @Test
    void afterASeqTheRestIsTold() throws IOException {
        tell("a", 1);
        tell("b", 1);
        tell("c", 1);
        try (BufferedReader lines = calls.lines("/stream?after=0")) {
            assertThat(Told.news(lines, 2)).extracting(Told::what).containsExactly("b:1", "c:1");
        }
    }

    @Test
    void aClientThatComesBackMissesNothingAndHearsNothingTwice() throws IOException {
        tell("a", 1);
        Told last;
        try (BufferedReader lines = calls.lines("/stream?after=0")) {
            tell("b", 1);
            last = Told.news(lines, 2).get(1);
        }
        tell("c", 1);
        try (BufferedReader lines = calls.lines("/stream", "Last-Event-ID", last.id())) {
            assertThat(Told.news(lines, 2)).extracting(Told::what).containsExactly("c:1", "key/c:1");
        }
    }

    @Test
    void aClientThatLeftBeforeAnythingCameMissesNothing() throws IOException {
        Told first;
        try (BufferedReader lines = calls.lines("/stream")) {
            first = Told.next(lines);
        }
        tell("a", 1);
        try (BufferedReader lines = calls.lines("/stream", "Last-Event-ID", first.id())) {
            assertThat(Told.news(lines, 1)).extracting(Told::what).containsExactly("a:1");
        }
    }

    @Test
    void toAClientOfAnEarlierLifeAllIsNews() throws IOException {
        tell("a", 1);
        tell("b", 1);
        try (BufferedReader lines = calls.lines("/stream", "Last-Event-ID", "1-500-500")) {
            assertThat(Told.news(lines, 3)).extracting(Told::what).containsExactly("a:1", "b:1", "key/b:1");
        }
    }

    @Test
    void aConflictIsToldBehindItsEventThoughManyComeBefore() throws IOException {
        for (int counter = 1; counter <= 2 * EventStream.AT_ONCE; counter++) {
            tell("a", counter);
        }
        tell("b", 1);
        try (BufferedReader lines = calls.lines("/stream", "Last-Event-ID", "1-0-0")) {
            List<Told> told = Told.news(lines, 2 * EventStream.AT_ONCE + 2);
            assertThat(told).extracting(Told::what).endsWith("b:1", "key/b:1");
        }
    }

    @Test
    void whoIsTooFarBehindIsToldHowManyWereLost() throws IOException {
        for (int counter = 1; counter <= EventStream.MAX_BEHIND + 5; counter++) {
            tell("a", counter);
        }
        try (BufferedReader lines = calls.lines("/stream?after=0")) {
            List<Told> told = Told.news(lines, 2);
            assertThat(told.get(0).name()).isEqualTo("lost");
            assertThat(told.get(0).data().get("events").asInt()).isEqualTo(4);
            assertThat(told.get(1).data().get("seq").asInt()).isEqualTo(5);
        }
    }

    @Test
    void aClientThatReadsNothingHoldsUpNobody() throws IOException {
        try (BufferedReader idle = calls.lines("/stream");
                BufferedReader lines = calls.lines("/stream")) {
            Told.next(idle);
            for (int counter = 1; counter <= 9_000; counter++) {
                tell("a", counter, "x".repeat(1_000));
            }
            List<Told> told = Told.news(lines, 9_000);
            assertThat(told.get(8_999).what()).isEqualTo("a:9000");
        }
    }

    @Test
    void clientsBeyondTheLimitAreRefusedUntilOneLeaves() throws IOException {
        List<BufferedReader> clients = new ArrayList<>();
        for (int i = 0; i < EventStream.MAX_STREAMS; i++) {
            BufferedReader client = calls.lines("/stream");
            clients.add(client);
            Told.next(client);
        }
        assertThat(calls.get("/stream").statusCode()).isEqualTo(503);
        assertThat(calls.get("/summary").statusCode()).isEqualTo(200);
        clients.get(0).close();
        Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
            tell("a", calls.json("/summary").get("events").get("seen").asLong() + 1); // what is written finds it gone
            try (BufferedReader again = calls.lines("/stream")) {
                assertThat(again.readLine()).startsWith("id: ");
            }
        });
        for (BufferedReader client : clients) {
            client.close();
        }
    }

    @Test
    void theServerStopsThoughClientsListen() throws IOException {
        try (BufferedReader lines = calls.lines("/stream")) {
            Told.next(lines);
            long startNs = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(5));
            assertThat(ends(lines)).isTrue();
        }
    }

    /** Whether nothing more comes, be it that the answer ended or that it broke off. */
    private static boolean ends(BufferedReader lines) {
        try {
            return lines.readLine() == null;
        } catch (IOException e) {
            return true;
        }
    }

    private void tell(String process, long counter) {
        tell(process, counter, "");
    }

    private void tell(String process, long counter, String payload) {
        view.tell(FilledView.message(process, counter, "{" + process + "=" + counter + "}", "k", payload));
    }
}
