package io.antichain.cli.command;

import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.DeadLetterReplay;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The flag that feeds dead letters back instead of a log file's events. */
final class DeadLetterOption {
    @Option(
            names = "--dead-letters",
            description = "instead of log files, publish the dead letters that can be decoded by now to the "
                    + "topic they came from, each once, with key and headers, and report those that remain")
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
