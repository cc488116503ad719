package io.antichain.analyzer.logfile;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The definition without any cleverness: which pairs are concurrent, by comparing whole clocks, and which are reported. */
public final class AllPairs {
    private AllPairs() {}

    /** By the later event, in this order, the earlier ones that are concurrent with it. */
    public static Map<Dot, Set<String>> defined(List<LoggedEvent> events) {
        Map<Dot, Set<String>> pairs = new HashMap<>();
        for (int b = 0; b < events.size(); b++) {
            for (int a = 0; a < b; a++) {
                if (events.get(a).clock().compare(events.get(b).clock()) == CausalOrder.CONCURRENT) {
                    pairs.computeIfAbsent(events.get(b).dot(), dot -> new TreeSet<>())
                            .add(events.get(a).dot().toString());
                }
            }
        }
        return pairs;
    }

    /** The same as the records have it. A pair that stands in two of them makes this fail. */
    public static Map<Dot, Set<String>> reported(List<LoggedEvent> events, List<Conflict> conflicts) {
        Map<Dot, Set<String>> pairs = new HashMap<>();
        for (Conflict conflict : conflicts) {
            List<String> members = new ArrayList<>();
            conflict.runs().forEach(run -> members.addAll(members(events, run)));
            Set<String> distinct = new TreeSet<>(members);
            if (distinct.size() != members.size()
                    || distinct.size() != conflict.pairs()
                    || pairs.put(conflict.event().dot(), distinct) != null) {
                throw new AssertionError("A pair stands in one record, once: " + conflict);
            }
        }
        return pairs;
    }

    private static List<String> members(List<LoggedEvent> events, Run run) {
        return events.subList((int) run.first().offset(), (int) run.last().offset() + 1).stream()
                .filter(event -> event.process().equals(run.process()))
                .map(event -> event.dot().toString())
                .toList();
    }

    static long count(Map<Dot, Set<String>> pairs) {
        return pairs.values().stream().mapToLong(Set::size).sum();
    }
}
