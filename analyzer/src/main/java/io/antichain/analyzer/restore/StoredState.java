package io.antichain.analyzer.restore;

import java.util.List;
import java.util.SortedMap;

/**
 * What a task stores of itself: all that the log does not hold.
 *
 * @param topicIds the ids of the events topics it reads, in the order of the flag
 * @param reminders which anomalies were written, and when
 * @param frontier the engine's frontier
 * @param keyPages the siblings that the engine remembers beyond its window; when it is written, those that changed
 */
public record StoredState(
        List<String> topicIds, Reminders reminders, byte[] frontier, SortedMap<Long, byte[]> keyPages) {}
