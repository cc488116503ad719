package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.export.ExportFormat;
import io.antichain.clocks.ProcessId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs of other people's systems have the numbers that were counted in three other ways, whatever way they come in. */
class RecordedExecutionsTest {
    private static final int RANDOM_ORDERS = 5;
    private static final LogForms NO_FLAGS =
            new LogForms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    @ParameterizedTest
    @EnumSource
    void shivizText(RecordedLog log) throws IOException {
        assertNumbers(log, log.read());
        assertThat(skipped(log.read())).isEqualTo(log.skippedLines);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnyFlag(RecordedLog log) throws IOException {
        LogFileReader reader = new LogFileReader(NO_FLAGS, false);
        reader.read(log.file, log.file, log.text());
        assertNumbers(log, reader.executions());
        assertThat(skipped(reader.executions())).isEqualTo(log.skippedLines);
    }

    @ParameterizedTest
    @EnumSource
    void gzippedShivizText(RecordedLog log) throws IOException {
        assertNumbers(log, log.parser().parse("x", "x.gz", throughGzip(log.text())));
    }

    @ParameterizedTest
    @EnumSource
    void ndjsonInBothSpellings(RecordedLog log) throws IOException {
        for (boolean hostAndMap : new boolean[] {true, false}) {
            String text = ndjson(log.read(), hostAndMap);
            assertNumbers(log, new NdjsonParser().parse("x", "x.json", text));
            assertThat(skipped(new NdjsonParser().parse("x", "x.json", text))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void gzippedNdjson(RecordedLog log) throws IOException {
        String text = throughGzip(ndjson(log.read(), true));
        assertNumbers(log, new NdjsonParser().parse("x", "x.json", text));
    }

    @ParameterizedTest
    @EnumSource
    void aFileForEachProcessMerged(RecordedLog log) throws IOException {
        LogFileReader reader = new LogFileReader(NO_FLAGS, true);
        for (LoggedExecution execution : log.read()) {
            for (ProcessId process : execution.processes()) {
                List<LoggedEvent> ofProcess = execution.events().stream()
                        .filter(event -> event.process().equals(process))
                        .toList();
                String text =
                        ndjson(List.of(new LoggedExecution(execution.name(), ofProcess, SkippedLines.NONE)), true);
                reader.read("x", process + ".json", text);
            }
        }
        assertNumbers(log, reader.executions());
    }

    @ParameterizedTest
    @EnumSource
    void exportedAsShivizTextAndReadAgain(RecordedLog log) throws IOException {
        ShivizParser shivizDefault =
                new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.of("^=== (?<trace>.*) ===$"));
        List<LoggedExecution> again = shivizDefault.parse("x", "x.log", exported(log, ExportFormat.SHIVIZ));
        assertNumbers(log, again);
        assertThat(skipped(again)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void exportedAsNdjsonAndReadAgain(RecordedLog log) throws IOException {
        assertNumbers(log, new NdjsonParser().parse("x", "x.json", exported(log, ExportFormat.NDJSON)));
    }

    private static void assertNumbers(RecordedLog log, List<LoggedExecution> executions) {
        assertThat(executions).hasSameSizeAs(log.events);
        for (int i = 0; i < executions.size(); i++) {
            assertNumbers(log, i, executions.get(i), "file order");
            for (long seed = 1; seed <= RANDOM_ORDERS; seed++) {
                List<LoggedEvent> shuffled = new ArrayList<>(executions.get(i).events());
                Collections.shuffle(shuffled, new Random(seed));
                LoggedExecution drawn = new LoggedExecution(
                        executions.get(i).name(), shuffled, executions.get(i).skipped());
                assertNumbers(log, i, drawn, "order drawn from seed " + seed);
            }
        }
    }

    private static long skipped(List<LoggedExecution> executions) {
        return executions.stream()
                .mapToLong(execution -> execution.skipped().count())
                .sum();
    }

    private static void assertNumbers(RecordedLog log, int index, LoggedExecution execution, String order) {
        ExecutionAnalysis analysis = ExecutionAnalysis.of(execution);
        assertThat(execution.events()).as(order).hasSize(log.events.get(index));
        assertThat(analysis.anomalies()).as(order).isEmpty();
        assertThat(analysis.incomplete()).as(order).isZero();
        assertThat(analysis.concurrentPairs()).as(order).isEqualTo(log.pairs.get(index));
        assertThat(AllPairs.reported(execution.inCausalOrder(), analysis.conflicts()))
                .as(order)
                .isEqualTo(AllPairs.defined(execution.inCausalOrder()));
    }

    /** Written here and not by the export, so that the reader is not only held against our own writer. */
    private static String ndjson(List<LoggedExecution> executions, boolean hostAndMap) {
        StringBuilder text = new StringBuilder();
        for (LoggedExecution execution : executions) {
            for (LoggedEvent event : execution.events()) {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                ObjectNode clock = JsonNodeFactory.instance.objectNode();
                event.clock().forEach((process, counter) -> clock.put(process.toString(), counter));
                json.put("execution", execution.name());
                json.put(hostAndMap ? "host" : "process", event.process().toString());
                json.set("clock", clock);
                json.put(hostAndMap ? "event" : "text", event.text());
                if (!hostAndMap) {
                    json.put("counter", event.dot().counter());
                }
                text.append(json).append("\n");
            }
        }
        return text.toString();
    }

    private static String exported(RecordedLog log, ExportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        format.writer().write(log.read(), text);
        return text.toString();
    }

    private static String throughGzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return new LogText(1).read("x.gz", new ByteArrayInputStream(packed.toByteArray()));
    }
}
