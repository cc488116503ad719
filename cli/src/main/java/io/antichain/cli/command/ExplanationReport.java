package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.explanation.Explanation;
import io.antichain.analyzer.explanation.Relation;
import io.antichain.analyzer.explanation.UnknownEvent;
import io.antichain.analyzer.explanation.WithoutClock;
import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import java.util.Optional;

/** An explanation for programs: the verdict, the clock entries that decide it, the sentence. */
final class ExplanationReport {
    private ExplanationReport() {}

    /** The relation is that of the first to the second, and null where it cannot be told. */
    static ObjectNode json(Dot first, Dot second, Explanation explanation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("first", first.toString())
                .put("second", second.toString())
                .put("relation", relation(first, explanation).map(Enum::name).orElse(null));
        ArrayNode witness = json.putArray("witness");
        explanation.witness().forEach(entry -> witness.addObject()
                .put("event", entry.event().toString())
                .put("process", entry.of().toString())
                .put("known", entry.known()));
        return json.put("sentence", explanation.sentence());
    }

    private static Optional<CausalOrder> relation(Dot first, Explanation explanation) {
        if (explanation instanceof Relation relation) {
            boolean contradictory =
                    relation.order() == CausalOrder.EQUAL && !relation.first().equals(relation.second());
            return contradictory ? Optional.empty() : Optional.of(relation.order());
        }
        if (explanation instanceof UnknownEvent unknown) {
            return unknown.unknown().equals(first)
                    ? unknown.order()
                    : unknown.order().map(CausalOrder::reversed);
        }
        return explanation instanceof WithoutClock without ? without.order() : Optional.empty();
    }
}
