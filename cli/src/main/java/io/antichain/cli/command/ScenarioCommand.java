package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.scenario.Scenario;
import io.antichain.cli.scenario.ScenarioReport;
import io.antichain.cli.scenario.ScenarioReport.ByLamport;
import io.antichain.cli.scenario.ScenarioReport.Pairs;
import io.antichain.cli.scenario.ScenarioRunner;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.cli.scenario.SentMessage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drives running nodes through a scenario. */
@Command(
        name = "scenario",
        description = "Runs a scenario on running nodes, and checks by the clocks in their answers that the "
                + "conflicts are those it expects.",
        mixinStandardHelpOptions = true)
final class ScenarioCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOption output;

    @Mixin
    private HttpClientOptions http;

    @Parameters(
            paramLabel = "NAME|FILE",
            description = "name of a built-in scenario (sync, async, between-syncs or partition), or a file")
    private String name;

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "URL",
            defaultValue = "http://localhost:8888,http://localhost:8889,http://localhost:8890,http://localhost:8891",
            description = "addresses of the nodes, comma-separated (default: ports 8888 to 8891 of localhost)")
    private List<String> nodes;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "repeat the scenario until N messages are sent (default: run it once)")
    private Integer messages;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "seed for the choice of keys and of who takes which turn (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() {
        Scenario scenario = Scenarios.named(name);
        requirePositive(messages);
        ScenarioRunner runner = new ScenarioRunner(scenario, nodes, http.access(), seed);
        List<SentMessage> sent = messages == null ? runner.run() : runner.run(messages);
        ScenarioReport report = ScenarioReport.of(scenario, sent);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            OutputOption.print(out, json(report));
        } else {
            out.println(text(report));
        }
        out.flush();
        return report.violation().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }

    static void requirePositive(Integer messages) {
        if (messages != null && messages < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "No message would be sent: messages=" + messages + "; choose --messages of 1 or more");
        }
    }

    static String text(ScenarioReport report) {
        return String.join(System.lineSeparator(), lines(report));
    }

    private static List<String> lines(ScenarioReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Scenario " + report.scenario().name() + ": "
                + report.scenario().sentence());
        lines.add(report.sentence());
        ByLamport pairs = report.byLamport();
        lines.add("Pairs of messages with           in causal order      concurrent");
        lines.add(row("different Lamport timestamps", pairs.different()));
        lines.add(row("equal Lamport timestamps", pairs.equal()));
        if (pairs.unknown() > 0) {
            lines.add(pairs.unknown() + " more pairs have a message without a vector clock: a Lamport timestamp alone"
                    + " cannot tell whether they are ordered.");
        }
        return lines;
    }

    private static String row(String title, Pairs pairs) {
        return String.format(Locale.ROOT, "%-29s %18d %15d", title, pairs.ordered(), pairs.concurrent());
    }

    private static ObjectNode json(ScenarioReport report) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scenario", report.scenario().name())
                .put("messages", report.messages())
                .put("concurrentPairs", report.concurrentPairs())
                .put(
                        "lamportOrderedPairs",
                        report.byLamport().different().ordered()
                                + report.byLamport().different().concurrent())
                .put(
                        "trulyOrderedPairs",
                        report.byLamport().different().ordered()
                                + report.byLamport().equal().ordered())
                .put("unknownPairs", report.byLamport().unknown())
                .put("asExpected", report.violation().isEmpty())
                .put("violation", report.violation().orElse(null));
    }
}
