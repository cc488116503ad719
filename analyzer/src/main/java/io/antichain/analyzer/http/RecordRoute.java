package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.log.RecordLookup;
import io.antichain.analyzer.log.StoredRecord;
import io.antichain.analyzer.reader.HeldEvent;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.http.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** The record that an event was read from, with its headers, as it stands in its topic now. */
final class RecordRoute {
    private final SharedView view;
    private final Searches searches;
    private final RecordLookup records;

    RecordRoute(SharedView view, Searches searches, RecordLookup records) {
        this.view = view;
        this.searches = searches;
        this.records = records;
    }

    List<QueryRoute> routes() {
        return List.of(new QueryRoute("/events/{dot}/record", Set.of(), this::answer));
    }

    private void answer(Question question) {
        HeldEvent event = view.ask(asked -> EventRoutes.find(asked, question.dotInPath()));
        question.answer(json(event, searches.run(() -> found(event))));
    }

    private StoredRecord found(HeldEvent event) {
        try {
            return records.find(event.position())
                    .orElseThrow(() -> Problem.notFound(
                            "Gone", "The record does not stand in its topic any more: position=" + event.position()));
        } catch (KafkaException e) {
            throw Problem.of(
                    502, "Not readable", "The record cannot be read: position=" + event.position() + ", failure=" + e);
        }
    }

    private static ObjectNode json(HeldEvent event, StoredRecord record) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("topic", event.position().topic())
                .put("partition", event.position().partition())
                .put("offset", event.position().offset())
                .put("timestamp", Instant.ofEpochMilli(record.timestampMs()).toString())
                .put("key", record.key().orElse(null));
        json.set("headers", ViewJson.list(record.headers(), header -> JsonNodeFactory.instance
                .objectNode()
                .put("name", header.name())
                .put("value", header.value().orElse(null))));
        return json.put("payload", event.event().payload()).put("payloadCut", event.payloadCut());
    }
}
