package io.antichain.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.export.ControlCharacters;
import io.antichain.cli.analyzer.AnalyzerClient;
import io.antichain.clocks.Dot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints one event and how all others stand to it. */
@Command(
        name = "event",
        description = "Prints an event, and which events that the analyzer holds happened before it, "
                + "happened after it, or are concurrent with it.",
        mixinStandardHelpOptions = true)
final class EventCommand implements Callable<Integer> {
    private static final List<String> REGIONS = List.of("past", "future", "concurrent");
    private static final int PAGE = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AnalyzerOption analyzer;

    @Mixin
    private OutputOption output;

    @Parameters(paramLabel = "DOT", description = "the event, written PROCESS:COUNTER as in node-1:5")
    private String written;

    @Override
    public Integer call() {
        String path = "/events/" + AnalyzerClient.encoded(dot().toString());
        AnalyzerClient client = analyzer.client();
        ObjectNode event = (ObjectNode) client.get(path);
        for (String region : REGIONS) {
            event.putObject(region).putArray("runs").addAll(runs(client, path + "/" + region));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            OutputOption.print(out, event);
        } else {
            print(out, event);
        }
        return ExitCode.DONE;
    }

    private Dot dot() {
        try {
            return Dot.parse(written);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** All runs, page by page. */
    private static List<JsonNode> runs(AnalyzerClient client, String path) {
        List<JsonNode> runs = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = client.get(
                    path + "?limit=" + PAGE + (after.isEmpty() ? "" : "&after=" + AnalyzerClient.encoded(after)));
            page.path("runs").forEach(runs::add);
            after = page.path("next").asText("");
        } while (!after.isEmpty());
        return runs;
    }

    private static void print(PrintWriter out, JsonNode event) {
        out.println(event.path("dot").asText() + "  published "
                + event.path("publishedAt").asText() + ", in "
                + event.path("topic").asText() + " partition " + event.path("partition") + " offset "
                + event.path("offset"));
        out.println("  key         "
                + (event.path("key").isNull()
                        ? "none"
                        : ControlCharacters.shown(event.path("key").asText())));
        out.println(
                "  payload     " + ControlCharacters.shown(event.path("payload").asText())
                        + (event.path("payloadCut").asBoolean() ? " … (cut)" : ""));
        out.println("  clock       " + StatusCommand.clock(event.path("clock")) + ", Lamport " + event.path("lamport"));
        out.println("  covers      " + dots(event.path("covers")));
        out.println("  covered by  " + dots(event.path("coveredBy")));
        out.println("  past        " + runs(event.at("/past/runs")));
        out.println("  future      " + runs(event.at("/future/runs")));
        out.println("  concurrent  " + runs(event.at("/concurrent/runs")));
        out.flush();
    }

    private static String dots(JsonNode dots) {
        List<String> written = new ArrayList<>();
        dots.forEach(dot -> written.add(dot.asText()));
        return written.isEmpty() ? "none" : String.join(", ", written);
    }

    private static String runs(JsonNode runs) {
        long total = 0;
        List<String> written = new ArrayList<>();
        for (JsonNode run : runs) {
            long length = run.path("length").asLong();
            total += length;
            String first = run.path("process").asText() + ":" + run.path("first");
            written.add(length == 1 ? first : first + ".." + run.path("last"));
        }
        return total == 0 ? "none" : total + (total == 1 ? " event: " : " events: ") + String.join(", ", written);
    }
}
