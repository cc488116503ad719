package io.antichain.analyzer.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;

/** A conflict record as JSON, with the names of the Avro schema. */
public final class ConflictJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ConflictJson() {}

    /** The record. */
    public static ObjectNode of(Conflict conflict) {
        ObjectNode json = JSON.objectNode()
                .put("id", conflict.id())
                .put("scope", conflict.scope().name())
                .put("key", conflict.key().orElse(null))
                .put("status", conflict.status().name());
        json.set("event", of(conflict.event()));
        ArrayNode runs = json.putArray("runs");
        conflict.runs().forEach(run -> runs.add(of(run)));
        json.put("pairs", conflict.pairs());
        ArrayNode resolves = json.putArray("resolves");
        conflict.resolves().forEach(dot -> resolves.add(dot.toString()));
        ArrayNode siblings = json.putArray("siblings");
        conflict.siblings().forEach(sibling -> siblings.add(of(sibling)));
        boolean windowKnown = conflict.windowBeganMs().isPresent();
        return json.put("complete", conflict.complete())
                .put("windowBegan", windowKnown ? conflict.windowBeganMs().getAsLong() : null)
                .put("part", conflict.part())
                .put("parts", conflict.parts());
    }

    /** An event that a record names. */
    public static ObjectNode of(EventRef event) {
        ObjectNode json = JSON.objectNode()
                .put("process", event.dot().process().toString())
                .put("counter", event.dot().counter())
                .put("topic", event.at().topic())
                .put("partition", event.at().partition())
                .put("offset", event.at().offset());
        json.set("clock", ClockJson.of(event.clock()));
        return json.put("lamport", event.lamport().value()).put("publishedAt", event.publishedAtMs());
    }

    private static ObjectNode of(Run run) {
        ObjectNode json = JSON.objectNode()
                .put("process", run.process().toString())
                .put("topic", run.first().topic())
                .put("partition", run.first().partition())
                .put("firstCounter", run.firstCounter())
                .put("lastCounter", run.lastCounter())
                .put("firstOffset", run.first().offset())
                .put("lastOffset", run.last().offset())
                .put("length", run.length())
                .put("witness", run.witness())
                .put("lastTopic", run.last().topic())
                .put("lastPartition", run.last().partition());
        ArrayNode counters = json.putArray("counters");
        run.counters().forEach(counters::add);
        return json;
    }
}
