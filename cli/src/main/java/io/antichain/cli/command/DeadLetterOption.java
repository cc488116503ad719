package io.antichain.cli.command;

import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.DeadLetterReplay;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The flag that feeds dead letters back instead of a log file's events. */
final class DeadLetterOption {
    @Option(
            names = "--dead-letters",
            description =
                    "feed the dead letters that can be decoded by now back into their topic, once, with their keys"
                            + " and headers, and say what is left; no FILE then")
    private boolean deadLetters;

    boolean isGiven() {
        return deadLetters;
    }

    static int run(Cluster cluster, PrintWriter out) {
        DeadLetterReplay.Result result = new DeadLetterReplay(cluster).run();
        out.println("Fed back " + result.fedBack() + " dead letters.");
        if (result.before() > 0) {
            out.println(result.before() + " had been fed back before.");
        }
        result.left().forEach((reason, count) -> out.println("Left " + count + ": " + reason + "."));
        out.flush();
        return ExitCode.DONE;
    }
}
