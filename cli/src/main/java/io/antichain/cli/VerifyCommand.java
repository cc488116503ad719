package io.antichain.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.verify.TopicsCheck;
import io.antichain.cli.verify.Verification;
import io.antichain.schemas.Scope;
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

    @Override
    public Integer call() {
        Cluster named = cluster.cluster();
        named.requireBroker();
        Verification verification = new TopicsCheck(named, scope).run(Duration.ofSeconds(timeoutSeconds));
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
                + verification.extraPairs() + " extra.";
    }

    private static void print(PrintWriter out, Verification verification) {
        out.println(summary(verification));
        verification.missing().forEach(pair -> out.println("missing " + pair.later() + " with " + pair.earlier()));
        verification.extra().forEach(pair -> out.println("extra " + pair.later() + " with " + pair.earlier()));
        say(out, verification.duplicates(), "records are of an event that has a record already.");
        say(out, verification.incomplete(), "records say that events they may conflict with are gone.");
        say(out, verification.refused(), "records were refused or set aside by the analyzer, and are left out.");
        say(out, verification.unchecked(), "pairs were not checked: retention has deleted events of theirs since.");
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
                .put("duplicates", verification.duplicates())
                .put("refused", verification.refused())
                .put("unchecked", verification.unchecked())
                .put("recordsGone", verification.recordsGone());
    }
}
