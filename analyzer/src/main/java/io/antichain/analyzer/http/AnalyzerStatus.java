package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.log.OpenTransaction;
import io.antichain.analyzer.log.SourceFigures;
import io.antichain.analyzer.order.EngineFigures;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.analyzer.reader.ViewFigures;
import io.antichain.schemas.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How the analyzer stands.
 *
 * @param scope which messages can conflict at all
 * @param where which pairs of them count, each condition as it is written
 * @param since when the program started: the seqs of its answers count from then
 * @param unreadyBecause empty when it works, else why it does not, as a sentence
 * @param lag how many events are committed that the stream has not read yet
 * @param openTransactions those that hold a partition of its topics
 * @param engines how the engines stand that run here, by partition
 * @param sources what was read of each topic since then
 * @param metrics in Prometheus's text format
 */
public record AnalyzerStatus(
        Scope scope,
        List<String> where,
        Instant since,
        Supplier<Optional<String>> unreadyBecause,
        LongSupplier lag,
        Supplier<List<OpenTransaction>> openTransactions,
        Supplier<SortedMap<Integer, EngineFigures>> engines,
        Supplier<SortedMap<String, SourceFigures>> sources,
        Supplier<String> metrics) {
    ObjectNode summary(SharedView view) {
        ViewFigures figures = view.ask(View::figures);
        Optional<String> unready = unreadyBecause.get();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("scope", scope.name())
                .put("since", since.toString())
                .put("ready", unready.isEmpty());
        where.forEach(json.putArray("where")::add);
        unready.ifPresent(reason -> json.put("unreadyBecause", reason));
        json.put("lag", lag.getAsLong());
        json.set("openTransactions", ViewJson.list(openTransactions.get(), AnalyzerStatus::transaction));
        json.set("sources", sourceFigures());
        json.set("windows", windows());
        json.putObject("events")
                .put("held", figures.heldEvents())
                .put("seen", figures.seenEvents())
                .put("limit", figures.limit());
        json.putObject("conflicts")
                .put("held", figures.heldConflicts())
                .put("seen", figures.seenConflicts())
                .put("pairs", figures.seenPairs());
        json.putObject("keys").put("open", figures.openKeys());
        json.set("anomalies", ViewJson.counts(figures.anomalies()));
        json.set("deadLetters", ViewJson.counts(figures.deadLetters()));
        return json.put("processes", figures.processes());
    }

    private static ObjectNode transaction(OpenTransaction open) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("topic", open.topic())
                .put("partition", open.partition())
                .put("offset", open.offset())
                .put("held", open.end() - open.offset());
        open.producer().ifPresent(producer -> {
            json.put("producerId", producer.id());
            producer.transactionalId().ifPresent(id -> json.put("transactionalId", id));
        });
        open.since().ifPresent(since -> json.put("since", since.toString()));
        return json.put("sentence", open.sentence());
    }

    private ArrayNode sourceFigures() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        sources.get().forEach((topic, figures) -> {
            ObjectNode source = list.addObject()
                    .put("topic", topic)
                    .put("stamped", figures.stamped())
                    .put("unstamped", figures.unstamped());
            figures.sentence(topic).ifPresent(sentence -> source.put("sentence", sentence));
        });
        return list;
    }

    /** What is held now, which time or memory may have made less than was asked for. */
    private ArrayNode windows() {
        ArrayNode windows = JsonNodeFactory.instance.arrayNode();
        engines.get().forEach((partition, figures) -> {
            ObjectNode window = windows.addObject()
                    .put("partition", partition)
                    .put("events", figures.held())
                    .put("bytes", figures.heldBytes());
            figures.windowBeganMs()
                    .ifPresent(
                            ms -> window.put("began", Instant.ofEpochMilli(ms).toString()));
            if (scope == Scope.KEY) {
                window.put("rememberedKeys", figures.rememberedKeys())
                        .put("rememberedBytes", figures.rememberedBytes())
                        .put("forgottenKeys", figures.forgottenKeys());
            }
        });
        return windows;
    }
}
