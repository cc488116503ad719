package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the events at the ends of a conflict say. */
public final class ConflictTexts {
    private static final int MOST_RUNS = 8;
    private static final int LENGTH = 120;

    private ConflictTexts() {}

    /**
     * How the payloads begin, up to 120 characters, of a conflict's event and of the last event of each of its first 8 runs, as far
     * as they are in view.
     */
    public static Map<Dot, String> of(Conflict conflict, View view) {
        Map<Dot, String> texts = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(conflict.event().dot()),
                        conflict.runs().stream().limit(MOST_RUNS).map(run -> new Dot(run.process(), run.lastCounter())))
                .forEach(dot -> view.find(dot).ifPresent(event -> texts.put(dot, event.beginning(LENGTH))));
        return texts;
    }
}
