package io.antichain.cli.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.cli.faults.Load.Acknowledged;
import io.antichain.cli.kafka.StoredEvent;
import io.antichain.cli.verify.Verification;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the log, its clocks and the conflicts with the true order, and with what was acknowledged. */
final class TrueOrderCheck {
    private final List<StoredEvent> messages;
    private final List<String> violations = new ArrayList<>();

    /** @param messages the messages in the log, in offset order within each partition */
    TrueOrderCheck(List<StoredEvent> messages) {
        this.messages = messages;
    }

    /** What does not hold; empty if all does. */
    List<String> violations(
            Map<String, Acknowledged> acknowledged, List<List<JsonNode>> journals, Verification verification) {
        eachDotAndPayloadOnce();
        countersWithoutHoles();
        acknowledgedIsThere(acknowledged, journals);
        Map<String, Map<ProcessId, Long>> pasts = new TrueOrder(messages, journals, violations).pasts();
        clocksAreTheTruth(pasts);
        verdictsAreTheTruth(pasts, verification);
        return violations;
    }

    private void eachDotAndPayloadOnce() {
        Set<Dot> dots = new HashSet<>();
        Set<String> payloads = new HashSet<>();
        for (StoredEvent stored : messages) {
            check(
                    dots.add(stored.event().dot()),
                    "A dot is used once: dot=" + stored.event().dot());
            check(
                    payloads.add(stored.event().payload()),
                    "A message is in the log once: payload=" + stored.event().payload());
        }
    }

    private void countersWithoutHoles() {
        Map<ProcessId, Long> last = new HashMap<>();
        messages.stream()
                .map(StoredEvent::event)
                .sorted(Comparator.comparing(Event::process).thenComparingLong(Event::counter))
                .forEach(event -> {
                    long before = last.getOrDefault(event.process(), 0L);
                    check(event.counter() == before + 1, "Counters have no holes: dot=" + event.dot());
                    last.put(event.process(), event.counter());
                });
    }

    private void acknowledgedIsThere(Map<String, Acknowledged> acknowledged, List<List<JsonNode>> journals) {
        Map<String, StoredEvent> byPayload = new HashMap<>();
        Set<String> dots = new HashSet<>();
        messages.forEach(stored -> byPayload.put(stored.event().payload(), stored));
        messages.forEach(stored -> dots.add(stored.event().dot().toString()));
        acknowledged.forEach((payload, answer) -> {
            StoredEvent stored = byPayload.get(payload);
            check(
                    stored != null
                            && stored.event().dot().toString().equals(answer.dot())
                            && stored.partition() == answer.partition()
                            && stored.offset() == answer.offset(),
                    "What was acknowledged is in the log, with that stamp and place: payload=" + payload + ", answer="
                            + answer + ", log=" + stored);
        });
        for (List<JsonNode> journal : journals) {
            for (JsonNode line : journal) {
                check(
                        !line.has("acknowledged")
                                || dots.contains(line.get("acknowledged").asText()),
                        "What a node acknowledged is in the log: " + line);
            }
        }
    }

    private void clocksAreTheTruth(Map<String, Map<ProcessId, Long>> pasts) {
        for (StoredEvent stored : messages) {
            Event event = stored.event();
            Map<ProcessId, Long> past = pasts.get(event.payload());
            check(past != null, "Each message in the log was tried by a node: dot=" + event.dot());
            check(
                    past == null || event.clock().orElseThrow().equals(TrueOrder.clock(event, past)),
                    "A clock is what its node knew: dot=" + event.dot() + ", clock=" + event.clock() + ", past="
                            + past);
        }
    }

    /** Every pair: the clocks by the definition against the conflicts is {@code verification}; here the truth against both. */
    private void verdictsAreTheTruth(Map<String, Map<ProcessId, Long>> pasts, Verification verification) {
        check(verification.holds(), "The conflicts are those of the definition: " + verification);
        long concurrent = 0;
        for (int b = 0; b < messages.size(); b++) {
            for (int a = 0; a < b; a++) {
                concurrent += isBefore(pasts, a, b) || isBefore(pasts, b, a) ? 0 : 1;
            }
        }
        check(
                concurrent == verification.concurrentPairs() && concurrent == verification.reportedPairs(),
                "Every pair's verdict is the true one: truly concurrent=" + concurrent + ", by the clocks="
                        + verification.concurrentPairs() + ", reported=" + verification.reportedPairs());
    }

    private boolean isBefore(Map<String, Map<ProcessId, Long>> pasts, int a, int b) {
        Event cause = messages.get(a).event();
        Event effect = messages.get(b).event();
        return pasts.getOrDefault(effect.payload(), Map.of()).getOrDefault(cause.process(), 0L) >= cause.counter();
    }

    private void check(boolean holds, String sentence) {
        if (!holds) {
            violations.add(sentence);
        }
    }
}
