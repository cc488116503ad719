package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.export.ConflictJson;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.EventPayloads;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.schemas.Conflict;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the conflict records. */
@Command(
        name = "conflicts",
        description = "Prints the conflict records that the analyzer has committed, each with the sentences "
                + "that prove it.",
        mixinStandardHelpOptions = true)
final class ConflictsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Mixin
    private ConflictFilterOptions meant;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "print only the last N records that match, newest first; not with --follow")
    private Integer last;

    @Option(names = "--follow", description = "go on printing new records until you press Ctrl-C")
    private boolean follow;

    @Mixin
    private WebhookOptions webhook;

    @Option(names = "--fail-on-conflict", description = "exit with 1 if a record with status CONCURRENT was printed")
    private boolean failOnConflict;

    @Option(
            names = "--payloads",
            description = "print the payloads of both sides too: of the event, and of the first and last of each run, "
                    + "if their topics still hold them: text as it is, Avro of the registry as JSON, other bytes by their "
                    + "length and the first of them")
    private boolean withPayloads;

    private final AtomicLong concurrent = new AtomicLong();
    private ConflictReport report;
    private long read;

    @Override
    public Integer call() throws InterruptedException {
        ConflictFilterOptions.Filter filter = meant.filter();
        requireLast();
        requireFollow();
        Cluster named = cluster.cluster();
        named.requireBroker();
        report = new ConflictReport(named.topics());
        if (webhook.isGiven()) {
            webhook.follow(named, filter, spec.commandLine().getErr()::println);
        }
        StoredLog log = new StoredLog(named);
        if (withPayloads) {
            try (EventPayloads payloads = new EventPayloads(named)) {
                print(log, filter, Optional.of(payloads));
            }
        } else {
            print(log, filter, Optional.empty());
        }
        return failOnConflict && concurrent.get() > 0 ? ExitCode.DIFFERENCE : ExitCode.DONE;
    }

    private void print(StoredLog log, ConflictFilterOptions.Filter filter, Optional<EventPayloads> payloads) {
        PrintWriter out = spec.commandLine().getOut();
        if (follow) {
            log.followConflicts(
                    (conflict, logTimeMs) -> {
                        if (filter.matches(conflict, logTimeMs)) {
                            print(out, conflict, payloads);
                        }
                    },
                    () -> failOnConflict && concurrent.get() > 0);
        } else {
            Collection<Conflict> chosen = stored(log, filter);
            chosen.forEach(conflict -> print(out, conflict, payloads));
            if (chosen.isEmpty()) {
                spec.commandLine().getErr().println("No conflict record is among those asked for: records=" + read);
            }
        }
    }

    private void requireLast() {
        if (last != null && (last < 1 || follow)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    last < 1
                            ? "No record would be printed: last=" + last + "; choose --last of 1 or more"
                            : "The last records are not known while new ones are awaited: last=" + last
                                    + ", follow=true; leave out --last or --follow");
        }
    }

    private void requireFollow() {
        if (webhook.isGiven() && !follow) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A webhook is told of records as they come: follow=false; add --follow, or leave out --webhook");
        }
    }

    private Collection<Conflict> stored(StoredLog log, ConflictFilterOptions.Filter filter) {
        Deque<Conflict> stored = new ArrayDeque<>();
        log.conflicts((conflict, logTimeMs) -> {
            read++;
            if (filter.matches(conflict, logTimeMs)) {
                stored.addFirst(conflict);
            }
            if (last != null && stored.size() > last) {
                stored.removeLast();
            }
        });
        List<Conflict> newestFirst = new ArrayList<>(stored);
        if (last == null) {
            Collections.reverse(newestFirst);
        }
        return newestFirst;
    }

    private void print(PrintWriter out, Conflict conflict, Optional<EventPayloads> payloads) {
        if (conflict.status() == Conflict.Status.CONCURRENT) {
            concurrent.incrementAndGet();
        }
        if (output.json()) {
            ObjectNode json = ConflictJson.of(conflict);
            payloads.ifPresent(held -> {
                ObjectNode texts = json.putObject("payloads");
                held.of(conflict).forEach((dot, text) -> texts.put(dot.toString(), text.orElse(null)));
            });
            OutputOption.print(out, json);
        } else {
            out.println(report.text(conflict));
            payloads.ifPresent(held -> held.of(conflict)
                    .forEach((dot, text) -> out.println("  payload of " + dot + ": "
                            + text.map(ConflictReport::quoted).orElse("not found there any more"))));
            out.flush();
        }
    }
}
