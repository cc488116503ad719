package io.antichain.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.antichain.analyzer.explanation.Explanation;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredEvent;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.clocks.Dot;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains the relation of two events. */
@Command(
        name = "explain",
        description = "Tells whether two events of the events topic are ordered or concurrent, with the sentence that"
                + " proves it.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Parameters(index = "0", paramLabel = "DOT", description = "an event, written PROCESS:COUNTER as in node-1:5")
    private String first;

    @Parameters(index = "1", paramLabel = "DOT", description = "another event")
    private String second;

    @Override
    public Integer call() {
        Dot a = dot(first);
        Dot b = dot(second);
        Cluster named = cluster.cluster();
        named.requireBroker();
        List<StoredEvent> events = new StoredLog(named).events();
        Explanation explanation = Explanation.of(a, clock(events, a, named), b, clock(events, b, named));
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            OutputOption.print(
                    out,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("first", a.toString())
                            .put("second", b.toString())
                            .put("relation", explanation.relation().name())
                            .put("firstKnew", explanation.firstKnew())
                            .put("secondKnew", explanation.secondKnew())
                            .put("sentence", explanation.sentence()));
        } else {
            out.println(explanation.sentence());
            out.flush();
        }
        return ExitCode.DONE;
    }

    private static Dot dot(String text) {
        try {
            return Dot.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private static VectorClock clock(List<StoredEvent> events, Dot dot, Cluster cluster) {
        return events.stream()
                .map(StoredEvent::event)
                .filter(event ->
                        event.kind() == Event.Kind.MESSAGE && event.dot().equals(dot))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "An event must stand in the events topic: event=" + dot + ", topic="
                                + cluster.topics().events() + "; name one that does"))
                .clock()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "An event must carry a vector clock to be compared: event=" + dot
                                + "; its node runs with --clock lamport"));
    }
}
