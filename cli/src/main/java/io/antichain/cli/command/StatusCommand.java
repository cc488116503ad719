package io.antichain.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.analyzer.AnalyzerClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints how an analyzer stands. */
@Command(
        name = "status",
        description = "Prints the status of a running analyzer: what it has read, what it has found, and the "
                + "processes it knows.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AnalyzerOption analyzer;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        AnalyzerClient client = analyzer.client();
        JsonNode summary = client.get("/summary");
        JsonNode processes = client.get("/processes").path("processes");
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            OutputOption.print(out, ((ObjectNode) summary).set("processes", processes));
        } else {
            print(out, summary, processes);
        }
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, JsonNode summary, JsonNode processes) {
        out.println((summary.path("ready").asBoolean() ? "Ready" : unready(summary)) + ", scope "
                + summary.path("scope").asText().toLowerCase(Locale.ROOT) + ", "
                + counted(summary.path("lag").asLong(), "event") + " behind.");
        out.println("events        " + summary.at("/events/seen") + " read since the start, the newest "
                + summary.at("/events/held") + " held (at most " + summary.at("/events/limit") + ")");
        out.println("conflicts     " + counted(summary.at("/conflicts/seen").asLong(), "record") + ", "
                + counted(summary.at("/conflicts/pairs").asLong(), "concurrent pair"));
        out.println("open keys     " + summary.at("/keys/open"));
        out.println("anomalies     " + counts(summary.path("anomalies")));
        out.println("dead letters  " + counts(summary.path("deadLetters")));
        summary.path("openTransactions")
                .forEach(open ->
                        out.println("held          " + open.path("sentence").asText()));
        summary.path("sources").forEach(source -> {
            if (source.has("sentence")) {
                out.println("unstamped     " + source.path("sentence").asText());
            }
        });
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("process", "events", "first", "last", "last heard", "knows"));
        processes.forEach(process -> rows.add(List.of(
                process.path("process").asText(),
                process.path("events").asText(),
                process.path("first").asText(),
                process.path("last").asText(),
                process.path("lastAt").asText(),
                process.path("readsNothing").asBoolean() ? "no other process" : clock(process.path("clock")))));
        out.println();
        table(rows).forEach(out::println);
        out.flush();
    }

    /** With the reason, unless that is an open transaction, which has a line of its own. */
    private static String unready(JsonNode summary) {
        JsonNode reason = summary.path("unreadyBecause");
        return reason.equals(summary.at("/openTransactions/0/sentence"))
                ? "Not ready"
                : "Not ready (" + reason.asText() + ")";
    }

    private static String counts(JsonNode counts) {
        List<String> kinds = new ArrayList<>();
        counts.fields().forEachRemaining(kind -> kinds.add(kind.getValue() + " " + kind.getKey()));
        return kinds.isEmpty() ? "none" : String.join(", ", kinds);
    }

    /** As clocks are written everywhere. */
    static String clock(JsonNode clock) {
        List<String> entries = new ArrayList<>();
        clock.fields().forEachRemaining(entry -> entries.add(entry.getKey() + "=" + entry.getValue()));
        return entries.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Columns as wide as their widest cell. */
    private static List<String> table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int column = 0; column < row.size(); column++) {
                        String cell = row.get(column);
                        line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
