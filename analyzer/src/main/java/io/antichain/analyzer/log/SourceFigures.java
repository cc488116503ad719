package io.antichain.analyzer.log;

import java.util.Optional;

/**
 * What was read of a topic.
 *
 * @param stamped how many records carry a stamp, whatever came of it
 * @param unstamped how many carry none: they are in no order
 */
public record SourceFigures(long stamped, long unstamped) {
    /** What to know of records without a stamp, as a sentence; empty where there are none. */
    public Optional<String> sentence(String topic) {
        if (unstamped == 0) {
            return Optional.empty();
        }
        String found = topic + ": " + (stamped + unstamped) + " records, "
                + (stamped == 0 ? "none carries a stamp" : unstamped + " carry no stamp");
        return Optional.of(found + "; see docs/stamp-my-service.md");
    }
}
