package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.clocks.VectorClock;
import io.antichain.node.request.Delivered;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.Published;
import io.antichain.node.state.ClockKind;
import io.antichain.node.state.NodeState;
import io.antichain.schemas.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes what a node answers as JSON. Counters are at most 2^53 − 1, so every reader gets them exactly. */
final class NodeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private NodeJson() {}

    static ObjectNode published(Published published) {
        return placed(stamp(published.event()), published.partition(), published.offset());
    }

    /** The node's clock; null where it keeps a Lamport timestamp alone. */
    static ObjectNode clock(NodeView view, NodeState state) {
        ObjectNode json = JSON.objectNode();
        json.put("process", state.process().toString());
        clock(json, Optional.of(state.clock()).filter(clock -> state.rules().kind() == ClockKind.VECTOR));
        json.put("lamport", state.lamport().value());
        json.put("paused", view.paused());
        json.put("held", view.held().messages());
        ArrayNode waitingFor = json.putArray("waitingFor");
        view.held().waitingFor().forEach(cause -> waitingFor.add(cause.toString()));
        return json;
    }

    static ObjectNode messages(List<Delivered> messages) {
        ObjectNode json = JSON.objectNode();
        ArrayNode array = json.putArray("messages");
        messages.forEach(message -> array.add(message(message)));
        return json;
    }

    /** What answers here, for who comes across it. */
    static ObjectNode program(NodeView view) {
        ObjectNode json = JSON.objectNode();
        json.put("program", "antichain node");
        json.put(
                "process", view.state().map(state -> state.process().toString()).orElse(null));
        json.put("condition", view.condition().name());
        json.put("description", "/openapi.yaml");
        return json;
    }

    static ObjectNode health(NodeView view) {
        ObjectNode json = JSON.objectNode();
        json.put("status", "UP");
        json.put("condition", view.condition().name());
        return json;
    }

    private static ObjectNode message(Delivered message) {
        Event event = message.event();
        ObjectNode json = stamp(event);
        json.put("key", event.key().orElse(null));
        json.put("payload", event.payload());
        json.put("publishedAt", Instant.ofEpochMilli(event.publishedAtMs()).toString());
        return placed(json, message.partition(), message.offset());
    }

    private static ObjectNode stamp(Event event) {
        ObjectNode json = JSON.objectNode();
        json.put("process", event.process().toString());
        json.put("counter", event.counter());
        json.put("dot", event.dot().toString());
        clock(json, event.clock());
        json.put("lamport", event.lamport().value());
        return json;
    }

    private static ObjectNode placed(ObjectNode json, int partition, long offset) {
        json.put("partition", partition);
        json.put("offset", offset);
        return json;
    }

    private static void clock(ObjectNode json, Optional<VectorClock> clock) {
        if (clock.isEmpty()) {
            json.putNull("clock");
            return;
        }
        ObjectNode entries = json.putObject("clock");
        clock.get().forEach((process, counter) -> entries.put(process.toString(), counter));
    }
}
