package io.antichain.analyzer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.logfile.LogParser;
import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.NdjsonParser;
import io.antichain.analyzer.logfile.RandomLog;
import io.antichain.analyzer.logfile.ShivizParser;
import io.antichain.analyzer.logfile.SkippedLines;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            " leading and trailing ",
            "a {\"a\":1}",
            " {\"a\":1}",
            "{x} {\"a\":1} rest",
            "=== One ===",
            "quote \" backslash \\ tab \t entity &amp; <b>",
            "ünïcödé 𝄞",
            "{\"clock\":{\"a\":1}}",
            "p0 {\"p0\":1}");

    @Test
    void ndjsonReadsBackToTheSameEvents() throws IOException {
        List<LoggedExecution> executions = new NdjsonParser()
                .parse(
                        "x",
                        "x.json",
                        """
                        {"execution":"1","process":"a~2","clock":{"a~2":1},"text":"two\\nlines\\u2028","level":"INFO","n":[1,{"x":null}]}
                        {"execution":"2","host":"b:1","clock":{"b:1":1,"a~2":1},"event":"got","counter":1,"field":7.50}
                        """);
        List<LoggedExecution> again =
                new NdjsonParser().parse("x", "x.json", exported(ExportFormat.NDJSON, executions));
        assertThat(again).isEqualTo(executions);
        assertThat(again.get(1).events().get(0).dot()).hasToString("b%3A1:1");
    }

    @Test
    void aFieldDoesNotHideWhatNdjsonNeeds() throws IOException {
        ShivizParser parser = new ShivizParser(
                "(?<event>.*) (?<host>\\S+) (?<clock>\\{.*\\}) (?<process>\\S+) (?<text>\\S+)", Optional.empty());
        List<LoggedExecution> executions = parser.parse("x", "x.log", "sent a {\"a\":1} 4711 t\n");
        assertThat(exported(ExportFormat.NDJSON, executions))
                .isEqualTo("{\"process\":\"a\",\"counter\":1,\"clock\":{\"a\":1},\"text\":\"sent\","
                        + "\"field.process\":\"4711\",\"field.text\":\"t\"}\n");
    }

    @Test
    void shivizTextReadsBackToTheSameEvents() throws IOException {
        for (long seed = 1; seed <= 200; seed++) {
            List<LoggedExecution> executions =
                    List.of(withOddTexts("One", new Random(seed)), withOddTexts("Two {}", new Random(-seed)));
            LogParser parser = new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.of("^=== (?<trace>.*) ===$"));
            List<LoggedExecution> again = parser.parse("x", "x.log", exported(ExportFormat.SHIVIZ, executions));
            assertThat(again).as("seed %d", seed).hasSize(2);
            for (int i = 0; i < 2; i++) {
                assertThat(again.get(i).name()).isEqualTo(executions.get(i).name());
                assertThat(again.get(i).skipped()).as("seed %d", seed).isEqualTo(SkippedLines.NONE);
                assertThat(again.get(i).events())
                        .as("seed %d", seed)
                        .extracting(
                                event -> event.stamped() + " " + event.text().strip())
                        .isEqualTo(executions.get(i).events().stream()
                                .map(event ->
                                        event.stamped() + " " + event.text().strip())
                                .toList());
            }
        }
    }

    @Test
    void lineBreaksHaveNoPlaceInShivizText() throws IOException {
        LoggedEvent event = event("a", "{a=1}", "one\ntwo\r\nthree\u2028four\u0085");
        assertThat(exported(ExportFormat.SHIVIZ, List.of(execution("x", List.of(event)))))
                .isEqualTo("one two three four \na {\"a\":1}\n");
    }

    @Test
    void anEventThatStandsInTheFilesTwiceIsWrittenOnce() throws IOException {
        LoggedEvent event = event("a", "{a=1}", "x");
        for (ExportFormat format : List.of(ExportFormat.SHIVIZ, ExportFormat.NDJSON, ExportFormat.DOT)) {
            assertThat(exported(format, List.of(execution("x", List.of(event, event)))))
                    .as("%s", format)
                    .isEqualTo(exported(format, List.of(execution("x", List.of(event)))));
        }
    }

    @Test
    void thePageHasAnEventOnceAndSaysThatItStandsThereTwice() throws IOException {
        LoggedEvent event = event("a", "{a=1}", "x");
        String page = exported(ExportFormat.HTML, List.of(execution("x", List.of(event, event))));
        assertThat(page)
                .contains(
                        "\"events\":[{\"process\":\"a\",\"counter\":1,\"clock\":{\"a\":1},\"text\":\"x\",\"file\":\"x.log\",\"line\":1}],")
                .contains("\"kind\":\"DUPLICATE\"");
    }

    @Test
    void theHasseDiagramHasAClusterForEachProcessAndAnEdgeForEachCovering() throws IOException {
        LoggedExecution execution = execution(
                "a \"log\"",
                List.of(
                        event("a", "{a=1}", "say \"hi\" \\N &amp; go\nnow\u0007"),
                        event("b", "{a=1, b=1}", "x".repeat(50)),
                        event("a", "{a=2, b=1}", "")));
        assertThat(exported(ExportFormat.DOT, List.of(execution)))
                .isEqualTo(
                        """
                        digraph "a \\"log\\"" {
                          rankdir=LR;
                          node [shape=box, style=rounded];
                          subgraph cluster_0 {
                            label="a";
                            "a:1" [label="a:1\\nsay \\"hi\\" \\\\N &amp;amp; go\\nnow", tooltip="say \\"hi\\" \\\\N &amp;amp; go\\nnow\\n{a=1}"];
                            "a:2" [label="a:2\\n", tooltip="\\n{a=2, b=1}"];
                          }
                          subgraph cluster_1 {
                            label="b";
                            "b:1" [label="b:1\\n%s…", tooltip="%s\\n{a=1, b=1}"];
                          }
                          "a:1" -> "b:1";
                          "b:1" -> "a:2";
                        }
                        """
                                .formatted("x".repeat(40), "x".repeat(50)));
    }

    private static LoggedExecution withOddTexts(String name, Random random) {
        List<LoggedEvent> events = new ArrayList<>();
        for (LoggedEvent event : RandomLog.events(random, 3, 30, 0.8)) {
            String text = TEXTS.get(random.nextInt(TEXTS.size()));
            events.add(new LoggedEvent(event.process(), event.clock(), text, Map.of(), "x.log", 1));
        }
        return execution(name, events);
    }

    private static LoggedEvent event(String process, String clock, String text) {
        return new LoggedEvent(ProcessId.parse(process), VectorClock.parse(clock), text, Map.of(), "x.log", 1);
    }

    private static LoggedExecution execution(String name, List<LoggedEvent> events) {
        return new LoggedExecution(name, events, SkippedLines.NONE);
    }

    private static String exported(ExportFormat format, List<LoggedExecution> executions) throws IOException {
        StringBuilder text = new StringBuilder();
        format.writer().write(executions, text);
        return text.toString();
    }
}
