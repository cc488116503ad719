package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.TextNode;
import io.antichain.analyzer.explanation.ConcurrentRun;
import io.antichain.analyzer.explanation.Explanation;
import io.antichain.analyzer.explanation.IncompleteRecord;
import io.antichain.analyzer.explanation.ResolvedSibling;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A conflict record for people, with the sentences that prove it. */
final class ConflictReport {
    /** Of events in files: where they stand is not said. */
    static final ConflictReport OF_FILES = new ConflictReport(topic -> false);

    private final Predicate<String> isNamed;

    /** @param topics the cluster's own: where an event stands is said only if it stands in another */
    ConflictReport(Topics topics) {
        this(topic -> !topic.isEmpty() && !topics.isEvents(topic));
    }

    private ConflictReport(Predicate<String> isNamed) {
        this.isNamed = isNamed;
    }

    /** A line for the event, then for each run and each former sibling why it stands there. */
    String text(Conflict conflict) {
        EventRef event = conflict.event();
        StringBuilder text = new StringBuilder(event.dot().toString());
        List<String> about = new ArrayList<>();
        conflict.key().ifPresent(key -> about.add("key " + key));
        place(event.at()).ifPresent(about::add);
        text.append(about.isEmpty() ? "" : " (" + String.join(", ", about) + ")");
        text.append(conflict.status() == Conflict.Status.RESOLVED ? " resolves " + conflict.resolves() : "")
                .append(conflict.runs().isEmpty() ? "" : " is concurrent with " + earlierEvents(conflict.pairs()))
                .append(conflict.complete() ? "" : " (and possibly with events that had left the window)")
                .append(conflict.parts() == 1 ? "" : " (part " + conflict.part() + " of " + conflict.parts() + ")");
        conflict.runs().forEach(run -> append(text, members(run) + "  ", ConcurrentRun.of(event, run)));
        conflict.resolves().forEach(sibling -> append(text, "", ResolvedSibling.of(event, sibling)));
        if (!conflict.complete()) {
            append(text, "", IncompleteRecord.of(event, windowBegan(conflict)));
        }
        return text.toString();
    }

    /** A payload in one line. */
    static String quoted(String payload) {
        return TextNode.valueOf(payload).toString();
    }

    private static void append(StringBuilder text, String before, Explanation explanation) {
        text.append(System.lineSeparator()).append("  ").append(before).append(explanation.sentence());
    }

    private Optional<String> place(Position at) {
        return isNamed.test(at.topic())
                ? Optional.of(at.topic() + "-" + at.partition() + " at " + at.offset())
                : Optional.empty();
    }

    private String members(Run run) {
        return run.process() + ":" + run.firstCounter()
                + (run.length() == 1 ? "" : ".." + run.lastCounter())
                + (run.counters().isEmpty() ? "" : " (" + run.length() + " of them)")
                + place(run.last()).map(place -> " (" + place + ")").orElse("");
    }

    private static Optional<String> windowBegan(Conflict conflict) {
        return conflict.windowBeganMs().stream()
                .mapToObj(ms -> Instant.ofEpochMilli(ms).toString())
                .findFirst();
    }

    private static String earlierEvents(long count) {
        return count == 1 ? "1 earlier event" : count + " earlier events";
    }
}
