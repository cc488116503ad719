package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.explanation.Relation;
import io.antichain.analyzer.export.ClockJson;
import io.antichain.analyzer.export.ConflictJson;
import io.antichain.analyzer.reader.HasseNode;
import io.antichain.analyzer.reader.HeldAnomaly;
import io.antichain.analyzer.reader.HeldConflict;
import io.antichain.analyzer.reader.HeldDeadLetter;
import io.antichain.analyzer.reader.HeldEvent;
import io.antichain.analyzer.reader.KeyState;
import io.antichain.analyzer.reader.ProcessRun;
import io.antichain.analyzer.reader.ProcessState;
import io.antichain.clocks.Dot;
import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes what is in view as JSON. Counters are at most 2^53 − 1, so every reader gets them exactly. */
final class ViewJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ViewJson() {}

    static ObjectNode event(HasseNode node) {
        HeldEvent held = node.event();
        Event event = held.event();
        ObjectNode json = JSON.objectNode()
                .put("seq", held.seq())
                .put("dot", held.dot().toString())
                .put("process", event.process().toString())
                .put("counter", event.counter());
        json.set("clock", ClockJson.of(held.clock()));
        json.put("lamport", event.lamport().value())
                .put("key", event.key().orElse(null))
                .put("payload", event.payload())
                .put("payloadCut", held.payloadCut())
                .put("publishedAt", time(event.publishedAtMs()))
                .put("topic", held.position().topic())
                .put("partition", held.position().partition())
                .put("offset", held.position().offset())
                .put("depth", held.depth());
        json.set("covers", dots(node.covers()));
        return json.put("conflicting", node.conflicting());
    }

    static ArrayNode dots(List<Dot> dots) {
        ArrayNode array = JSON.arrayNode();
        dots.forEach(dot -> array.add(dot.toString()));
        return array;
    }

    static <T> ArrayNode list(List<T> values, Function<T, ObjectNode> written) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(value -> array.add(written.apply(value)));
        return array;
    }

    static ObjectNode run(ProcessRun run) {
        return JSON.objectNode()
                .put("process", run.process().toString())
                .put("first", run.first())
                .put("last", run.last())
                .put("length", run.length());
    }

    static ObjectNode relation(Relation relation) {
        ObjectNode json = JSON.objectNode()
                .put("a", relation.first().toString())
                .put("b", relation.second().toString())
                .put("order", relation.order().name())
                .put("sentence", relation.sentence());
        ArrayNode witness = json.putArray("witness");
        relation.witness().forEach(entry -> witness.addObject()
                .put("dot", entry.event().toString())
                .put("process", entry.of().toString())
                .put("entry", entry.known()));
        return json;
    }

    static ObjectNode conflict(HeldConflict held, Map<Dot, String> texts) {
        ObjectNode json = JSON.objectNode().put("seq", held.seq()).put("at", time(held.atMs()));
        json.setAll(ConflictJson.of(held.conflict()));
        ObjectNode written = json.putObject("texts");
        texts.forEach((dot, text) -> written.put(dot.toString(), text));
        return json;
    }

    static ObjectNode key(KeyState key) {
        ObjectNode json = JSON.objectNode().put("key", key.key());
        json.set("siblings", list(key.siblings(), ConflictJson::of));
        return json;
    }

    static ObjectNode process(ProcessState process) {
        ObjectNode json = JSON.objectNode()
                .put("process", process.process().toString())
                .put("events", process.events())
                .put("first", process.first())
                .put("last", process.last());
        json.set("clock", ClockJson.of(process.clock()));
        return json.put("lamport", process.lamport().value())
                .put("lastAt", time(process.lastAtMs()))
                .put("readsNothing", process.readsNothing());
    }

    static ObjectNode anomaly(HeldAnomaly held) {
        ObjectNode json = JSON.objectNode()
                .put("seq", held.seq())
                .put("kind", held.anomaly().kind().name())
                .put("sentence", held.anomaly().sentence());
        json.set("event", held.anomaly().event().map(ConflictJson::of).orElse(null));
        ObjectNode evidence = json.putObject("evidence");
        held.anomaly().evidence().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> evidence.put(entry.getKey(), entry.getValue()));
        return json.put("at", time(held.atMs()));
    }

    static ObjectNode deadLetter(HeldDeadLetter held) {
        DeadLetter letter = held.letter();
        return JSON.objectNode()
                .put("seq", held.seq())
                .put("reason", letter.reason())
                .put("sentence", letter.sentence())
                .put("topic", letter.position().topic())
                .put("partition", letter.position().partition())
                .put("offset", letter.position().offset())
                .put("valueBytes", held.valueBytes())
                .put("at", time(held.atMs()));
    }

    static ObjectNode counts(Map<String, Long> counts) {
        ObjectNode json = JSON.objectNode();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> json.put(entry.getKey(), entry.getValue()));
        return json;
    }

    private static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
