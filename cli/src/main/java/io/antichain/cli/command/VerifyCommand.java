package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.verify.Verification;
import io.antichain.cli.verify.VerifyLimits;
import io.antichain.schemas.Gateway;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the conflicts topic against the definition. */
@Command(
        name = "verify",
        description = "Checks the conflict records: reads the events topic, waits until the analyzer has "
                + "read it too, computes every concurrent pair by the definition, and compares.",
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
            description = "give up after this long without progress of the analyzer (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Mixin
    private AnalyzerSourceOptions analyzer;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "" + VerifyLimits.DEFAULT_WINDOW,
            description = "--window of the analyzer: the number of arrivals for which it holds an event "
                    + "(default: ${DEFAULT-VALUE})")
    private int window;

    @Option(
            names = "--max-clock-width",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            description = "--max-clock-width of the analyzer (default: ${DEFAULT-VALUE})")
    private int maxClockWidth;

    @Option(
            names = "--max-clock-jump",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_JUMP,
            description = "--max-clock-jump of the analyzer (default: ${DEFAULT-VALUE})")
    private long maxClockJump;

    @Mixin
    private PairConditionOptions where;

    @Override
    public Integer call() {
        if (window < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The window is too small: window=" + window + "; choose --window of 1 or more");
        }
        Cluster named = cluster.cluster();
        named.requireBroker();
        VerifyLimits limits = new VerifyLimits(window, maxClockWidth, maxClockJump);
        Verification verification = new TopicsCheck(
                        named, analyzer.topics(named), analyzer.scope(), limits, where.conditions())
                .run(Duration.ofSeconds(timeoutSeconds));
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            OutputOption.print(out, json(verification));
        } else {
            print(out, verification);
        }
        return verification.holds() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }

    static String summary(Verification verification) {
        return count(verification.events(), "event") + ", " + count(verification.concurrentPairs(), "concurrent pair")
                + " by the definition, " + verification.reportedPairs() + " reported: " + verification.missingPairs()
                + " missing, "
                + verification.extraPairs() + " extra"
                + (verification.beyond() == 0
                        ? "."
                        : ", and " + verification.beyond() + " not reported beyond the window.");
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void print(PrintWriter out, Verification verification) {
        out.println(summary(verification));
        verification.missing().forEach(pair -> out.println("missing " + pair.later() + " with " + pair.earlier()));
        verification.extra().forEach(pair -> out.println("extra " + pair.later() + " with " + pair.earlier()));
        verification.unconfirmed().stream().limit(Verification.NAMED).forEach(dot -> out.println("unconfirmed " + dot));
        verification.lost().stream().limit(Verification.NAMED).forEach(dot -> out.println("lost " + dot));
        say(out, verification.lost().size(), "events were read, and were not brought together with the others.");
        say(
                out,
                verification.unconfirmed().size(),
                "events were refused or set aside, and the log shows no reason for it.");
        say(
                out,
                verification.falselyComplete(),
                "of the missing pairs lie beyond the window of a record that calls itself complete.");
        say(out, verification.duplicates(), "records repeat an event that already has a record.");
        say(out, verification.incomplete(), "records say that they may be incomplete, as events had left the window.");
        say(
                out,
                verification.refused(),
                "events were refused by the analyzer for reasons that the log confirms, and are not counted.");
        say(
                out,
                verification.unchecked(),
                "pairs were not checked: one of their events was deleted, or repeated beyond the window.");
        if (verification.recordsGone()) {
            out.println("Retention has deleted the oldest records of the conflicts topic: they count as missing here.");
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
                .put("lost", verification.lost().size())
                .put("unconfirmed", verification.unconfirmed().size())
                .put("duplicates", verification.duplicates())
                .put("refused", verification.refused())
                .put("unchecked", verification.unchecked())
                .put("recordsGone", verification.recordsGone());
    }
}
