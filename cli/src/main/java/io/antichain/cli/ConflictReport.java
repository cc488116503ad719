package io.antichain.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.explanation.ConcurrentRun;
import io.antichain.analyzer.explanation.Explanation;
import io.antichain.analyzer.explanation.IncompleteRecord;
import io.antichain.analyzer.explanation.ResolvedSibling;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;

/** A conflict record for people, with the sentences that prove it, and for programs. */
final class ConflictReport {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ConflictReport() {}

    /** A line for the event, then for each run and each former sibling why it stands there. */
    static String text(Conflict conflict) {
        EventRef event = conflict.event();
        StringBuilder text = new StringBuilder(event.dot().toString());
        text.append(conflict.status() == Conflict.Status.RESOLVED ? " resolves " + conflict.resolves() : "")
                .append(conflict.runs().isEmpty() ? "" : " is concurrent with " + earlierEvents(conflict.pairs()))
                .append(conflict.complete() ? "" : " (and perhaps with some that are gone)")
                .append(conflict.parts() == 1 ? "" : " (part " + conflict.part() + " of " + conflict.parts() + ")");
        conflict.runs().forEach(run -> append(text, members(run) + "  ", ConcurrentRun.of(event, run)));
        conflict.resolves().forEach(sibling -> append(text, "", ResolvedSibling.of(event, sibling)));
        if (!conflict.complete()) {
            append(text, "", IncompleteRecord.of(event));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String before, Explanation explanation) {
        text.append(System.lineSeparator()).append("  ").append(before).append(explanation.sentence());
    }

    /** The record as JSON, with the names of the Avro schema. */
    static ObjectNode json(Conflict conflict) {
        ObjectNode json = JSON.objectNode()
                .put("id", conflict.id())
                .put("scope", conflict.scope().name())
                .put("key", conflict.key().orElse(null))
                .put("status", conflict.status().name());
        json.set("event", json(conflict.event()));
        ArrayNode runs = json.putArray("runs");
        conflict.runs().forEach(run -> runs.add(json(run)));
        json.put("pairs", conflict.pairs());
        ArrayNode resolves = json.putArray("resolves");
        conflict.resolves().forEach(dot -> resolves.add(dot.toString()));
        ArrayNode siblings = json.putArray("siblings");
        conflict.siblings().forEach(sibling -> siblings.add(json(sibling)));
        return json.put("complete", conflict.complete())
                .put("part", conflict.part())
                .put("parts", conflict.parts());
    }

    private static String members(Run run) {
        return run.process() + ":" + run.firstCounter() + (run.length() == 1 ? "" : ".." + run.lastCounter());
    }

    private static String earlierEvents(long count) {
        return count == 1 ? "1 earlier event" : count + " earlier events";
    }

    private static ObjectNode json(EventRef event) {
        ObjectNode json = JSON.objectNode()
                .put("process", event.dot().process().toString())
                .put("counter", event.dot().counter())
                .put("partition", event.partition())
                .put("offset", event.offset());
        ObjectNode clock = json.putObject("clock");
        event.clock().forEach((process, counter) -> clock.put(process.toString(), counter));
        return json.put("lamport", event.lamport().value()).put("publishedAt", event.publishedAtMs());
    }

    private static ObjectNode json(Run run) {
        return JSON.objectNode()
                .put("process", run.process().toString())
                .put("partition", run.partition())
                .put("firstCounter", run.firstCounter())
                .put("lastCounter", run.lastCounter())
                .put("firstOffset", run.firstOffset())
                .put("lastOffset", run.lastOffset())
                .put("length", run.length())
                .put("witness", run.witness());
    }
}
