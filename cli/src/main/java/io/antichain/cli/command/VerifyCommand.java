package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.verify.Verification;
import io.antichain.cli.verify.VerifyLimits;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Scope;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the conflicts topic against the definition. */
@Command(
        name = "verify",
        description =
                "Reads the events topic, waits until the analyzer is past its end, computes every concurrent pair by"
                        + " the definition and compares with the conflicts topic.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long the analyzer may take (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Option(
            names = "--scope",
            paramLabel = "all|key",
            defaultValue = "ALL",
            description = "the scope of the analyzer whose records are checked (default: all)")
    private Scope scope;

    @Option(
            names = "--events-topic",
            split = ",",
            paramLabel = "TOPIC",
            description = "the topics that the analyzer reads events from (default: that of --topic-prefix)")
    private List<String> eventsTopics = List.of();

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "" + VerifyLimits.DEFAULT_WINDOW,
            description = "for how many arrivals the analyzer holds an event (default: ${DEFAULT-VALUE})")
    private int window;

    @Option(
            names = "--max-clock-width",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            description = "most entries of a clock that the analyzer believes (default: ${DEFAULT-VALUE})")
    private int maxClockWidth;

    @Option(
            names = "--max-clock-jump",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_JUMP,
            description = "most events that a clock the analyzer believes runs ahead (default: ${DEFAULT-VALUE})")
    private long maxClockJump;

    @Override
    public Integer call() {
        if (window < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "A window is 1 or more: window=" + window + "; choose another --window");
        }
        Cluster named = cluster.cluster();
        named.requireBroker();
        List<String> topics = eventsTopics.isEmpty() ? List.of(named.topics().events()) : eventsTopics;
        VerifyLimits limits = new VerifyLimits(window, maxClockWidth, maxClockJump);
        Verification verification =
                new TopicsCheck(named, topics, scope, limits).run(Duration.ofSeconds(timeoutSeconds));
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            OutputOption.print(out, json(verification));
        } else {
            print(out, verification);
        }
        return verification.holds() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }

    static String summary(Verification verification) {
        return verification.events() + " events, " + verification.concurrentPairs()
                + " concurrent pairs by the definition,"
                + " " + verification.reportedPairs() + " reported: " + verification.missingPairs() + " missing, "
                + verification.extraPairs() + " extra"
                + (verification.beyond() == 0 ? "." : ", and " + verification.beyond() + " lay beyond the window.");
    }

    private static void print(PrintWriter out, Verification verification) {
        out.println(summary(verification));
        verification.missing().forEach(pair -> out.println("missing " + pair.later() + " with " + pair.earlier()));
        verification.extra().forEach(pair -> out.println("extra " + pair.later() + " with " + pair.earlier()));
        verification.unconfirmed().stream().limit(Verification.NAMED).forEach(dot -> out.println("unconfirmed " + dot));
        say(
                out,
                verification.unconfirmed().size(),
                "events were refused or set aside for no reason that the log shows.");
        say(
                out,
                verification.falselyComplete(),
                "of the missing lay beyond the window of a record that says it is complete.");
        say(out, verification.duplicates(), "records are of an event that has a record already.");
        say(out, verification.incomplete(), "records say that they may lack events that had left the window.");
        say(
                out,
                verification.refused(),
                "events were refused by the analyzer, as the log shows rightly, and are left out.");
        say(
                out,
                verification.unchecked(),
                "pairs were not checked: an event of theirs is deleted, or was repeated beyond the window.");
        if (verification.recordsGone()) {
            out.println("The conflicts topic has lost its oldest records to retention: these count as missing here.");
        }
        out.flush();
    }

    private static void say(PrintWriter out, long count, String what) {
        if (count > 0) {
            out.println(count + " " + what);
        }
    }

    private static ObjectNode json(Verification verification) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("events", verification.events())
                .put("concurrentPairs", verification.concurrentPairs())
                .put("reportedPairs", verification.reportedPairs())
                .put("missing", verification.missingPairs())
                .put("extra", verification.extraPairs())
                .put("incomplete", verification.incomplete())
                .put("beyond", verification.beyond())
                .put("unconfirmed", verification.unconfirmed().size())
                .put("duplicates", verification.duplicates())
                .put("refused", verification.refused())
                .put("unchecked", verification.unchecked())
                .put("recordsGone", verification.recordsGone());
    }
}
